// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import static io.highwater.agent.web.Served.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users, headers and the rate limit, over real sockets. */
@Timeout(60)
class GateTest {

    private static final String HOUR = "rate_limit: {interval: 1h, burst: 2}\n";

    @TempDir
    private Path folder;

    private Path config;

    @BeforeEach
    void nameTheFile() {
        config = folder.resolve("web.yml");
    }

    @Test
    void admitsUsersOnly() throws Exception {
        try (Served served = Served.with(Files.writeString(config, user("alice", "hünter2")))) {
            assertThat(served.status("Authorization", basic("alice", "hünter2")))
                    .isEqualTo(200);
            assertThat(served.status("Authorization", basic("alice", "hünter2")))
                    .isEqualTo(200);
            assertThat(served.status("Authorization", basic("alice", "wrong"))).isEqualTo(401);
            assertThat(served.status("Authorization", basic("alice", "wrong"))).isEqualTo(401);
            assertThat(served.status("Authorization", basic("alice", ""))).isEqualTo(401);
            assertThat(served.status("Authorization", basic("bob", "hünter2"))).isEqualTo(401);
            assertThat(served.status("Authorization", "Basic ???")).isEqualTo(401);
            assertThat(served.status("Authorization", "Bearer alice")).isEqualTo(401);
            HttpResponse<String> nobody = served.get();
            assertThat(nobody.statusCode()).isEqualTo(401);
            assertThat(nobody.headers().firstValue("WWW-Authenticate")).contains("Basic");
            assertThat(served.log()).doesNotContain("nter2").doesNotContain("$2");
        }
    }

    @Test
    void setsHeadersOnEveryResponse() throws Exception {
        String headers = "http_server_config: {http2: true, headers: {X-Frame-Options: deny}}\n";
        try (Served served = Served.with(Files.writeString(config, headers + user("alice", "x")))) {
            assertThat(served.get().headers().firstValue("X-Frame-Options")).contains("deny");
            assertThat(served.get("Authorization", basic("alice", "x"))
                            .headers()
                            .firstValue("X-Frame-Options"))
                    .contains("deny");
            assertThat(served.log()).containsOnlyOnce("http2 has no effect");
        }
    }

    @Test
    void limitsTheRateOfAllTogether() throws Exception {
        try (Served served = Served.with(Files.writeString(config, HOUR))) {
            assertThat(served.status()).isEqualTo(200);
            assertThat(served.status()).isEqualTo(200);
            assertThat(served.status()).isEqualTo(429);
        }
    }

    @Test
    void takesUpChangesAndKeepsWhatDidNotChange() throws Exception {
        try (Served served = Served.with(Files.writeString(config, HOUR))) {
            assertThat(served.status()).isEqualTo(200);
            assertThat(served.status()).isEqualTo(200);

            Files.writeString(config, HOUR + user("alice", "x"));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> served.status() == 429 && served.log().contains("Web configuration read again"));
            Files.writeString(config, user("alice", "x"));
            await().atMost(Duration.ofSeconds(10)).until(() -> served.status() == 401);
            assertThat(served.status("Authorization", basic("alice", "x"))).isEqualTo(200);
            Files.writeString(config, "");
            await().atMost(Duration.ofSeconds(10)).until(() -> served.status() == 200);
        }
    }

    @Test
    void keepsTheLastGoodConfigurationWhileTheFileIsBroken() throws Exception {
        try (Served served = Served.with(Files.writeString(config, user("alice", "x")))) {
            Files.writeString(config, "basic_auth_users: {alice: hunter2}");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> served.status() == 401 && served.log().contains("stays in force"));
            Files.delete(config);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> served.status() == 401 && served.log().contains("does not exist"));
            assertThat(served.status("Authorization", basic("alice", "x"))).isEqualTo(200);
            assertThat(served.log().lines().filter(line -> line.contains("level=ERROR")))
                    .hasSize(2)
                    .noneMatch(line -> line.contains("hunter2"));

            Files.writeString(config, "");
            await().atMost(Duration.ofSeconds(10)).until(() -> served.status() == 200);
        }
    }

    private static String user(String name, String password) {
        String hash = BCrypt.withDefaults().hashToString(4, password.toCharArray());
        return "basic_auth_users: {" + name + ": " + hash + "}\n";
    }
}
