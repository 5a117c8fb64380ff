// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** HAProxy with TLS and HTTP/2 before an nginx. */
class WebServersTest {

    private static final int FRONT = FreePort.next();
    private static final int BACK = FreePort.next();

    private static Sites sites;
    private static NginxServer nginx;
    private static HaproxyServer haproxy;

    @BeforeAll
    static void start() {
        sites = Sites.create();
        nginx = NginxServer.start(pageOf("first"), Map.of(), BACK);
        haproxy = HaproxyServer.start(proxying(), sites.site(Site.Flaw.NONE).together(), FRONT);
    }

    @AfterAll
    static void stop() {
        haproxy.close();
        nginx.close();
        sites.close();
    }

    private static String pageOf(String text) {
        return "server { listen 127.0.0.1:%d; location / { return 200 '%s'; } }".formatted(BACK, text);
    }

    private static String proxying() {
        return """
                frontend front
                    bind 127.0.0.1:%d ssl crt site.pem alpn h2,http/1.1
                    default_backend back
                backend back
                    server nginx 127.0.0.1:%d
                """.formatted(FRONT, BACK);
    }

    private static HttpResponse<String> get(String url) throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static SSLContext trusting() {
        return sites.site(Site.Flaw.NONE).context();
    }

    @Test
    void theProxyAnswersWithWhatIsBehindIt() throws Exception {
        var answer = get("https://localhost:" + FRONT + "/");

        assertThat(answer.body()).isIn("first", "second");
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    }

    @Test
    void aReloadTakesTheNewSettings() {
        nginx.reload(pageOf("second"));

        assertThat(body("http://127.0.0.1:" + BACK)).isEqualTo("second");

        haproxy.reload(proxying());

        assertThat(body("https://localhost:" + FRONT)).isEqualTo("second");
    }

    private static String body(String url) {
        try {
            return get(url).body();
        } catch (Exception e) {
            return e.toString();
        }
    }

    @Test
    void killedItRefusesAndThenComesBack() {
        haproxy.kill();

        assertThat(haproxy.isRunning()).isFalse();
        assertThatThrownBy(() -> get("https://localhost:" + FRONT)).isInstanceOf(ConnectException.class);

        haproxy.restart();

        assertThat(body("https://localhost:" + FRONT)).isIn("first", "second");
    }

    @Test
    void aConfigurationThatIsWrongSaysWhy() {
        assertThatThrownBy(() -> HaproxyServer.start("nonsense\n", Map.of(), FreePort.next()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("unknown keyword 'nonsense'");
        assertThatThrownBy(() -> NginxServer.start("nonsense;\n", Map.of(), FreePort.next()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("unknown directive \"nonsense\"");
    }
}
