// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HostileHttp2Test {

    private static Sites sites;

    @BeforeAll
    static void makeCertificates() {
        sites = Sites.create();
    }

    @AfterAll
    static void stop() {
        sites.close();
    }

    @Test
    void resetsARequest() {
        fails(HostileHttp2.resetting(site()), "RST_STREAM");
    }

    @Test
    void resetsAnAnswerInItsBody() {
        fails(HostileHttp2.resettingInBody(site()), "RST_STREAM");
    }

    @Test
    void sendsAClientAway() {
        fails(HostileHttp2.goingAway(site()), "not processed by peer");
    }

    private static Site site() {
        return sites.site(Site.Flaw.NONE);
    }

    private static void fails(HostileServer server, String how) {
        var client = HttpClient.newBuilder().sslContext(site().context()).build();
        try (server) {
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port()))
                    .timeout(Duration.ofSeconds(5))
                    .build();

            assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining(how);
        } finally {
            client.shutdownNow();
        }
    }
}
