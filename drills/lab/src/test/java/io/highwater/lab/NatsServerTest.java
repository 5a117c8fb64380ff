// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.lab.junit.NatsClusterExtension;
import io.nats.client.Message;
import io.nats.client.support.JsonValueUtils;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One node alone, of the newest version. */
class NatsServerTest {

    @RegisterExtension
    static final NatsClusterExtension nats =
            new NatsClusterExtension(NatsCluster.newest().nodes(1).setting("max_payload: 4KB"));

    private final NatsCluster cluster = nats.cluster();
    private final NatsServer server = cluster.nodes().getFirst();

    @Test
    void keepsItsDataOverARestartAndACrash() {
        var client = nats.client();
        client.createStream("KEPT", 1);
        client.publish("KEPT.x", 3);
        var first = server.pid();

        server.restart();
        assertThat(server.pid()).isNotEqualTo(first);
        assertThat(server.logTail()).contains("Server is ready");
        client.publish("KEPT.x", 3);

        server.kill();
        assertThat(server.isRunning()).isFalse();
        assertThat(FreePort.isFree(server.port())).isTrue();
        assertThat(server.monitoring("/varz")).isEmpty();

        cluster.start();
        assertThat(client.streamInfo("KEPT").getStreamState().getMsgCount()).isEqualTo(6);
    }

    @Test
    void answersNobodyWhilePaused() {
        assertThat(server.monitoring("/varz")).isPresent();

        server.pause();
        assertThat(server.isAwake()).isFalse();
        assertThat(server.monitoring("/varz")).isEmpty();

        server.resume();
        assertThat(server.monitoring("/varz")).isPresent();
    }

    @Test
    void takesSettings() {
        var state = server.monitoring("/varz").orElseThrow();

        assertThat(JsonValueUtils.readInteger(state, "max_payload")).isEqualTo(4096);
        assertThat(JsonValueUtils.readString(state, "version")).startsWith(server.version() + ".");
    }

    @ParameterizedTest
    @EnumSource
    void letsEachUserDoWhatItMay(NatsUser user) throws InterruptedException {
        try (var client = cluster.client(user)) {
            var account = ask(client, "$JS.API.INFO");
            switch (user) {
                case APP, KEY, MONITOR, OTHER ->
                    assertThat(account.orElseThrow()).contains("\"streams\":");
                case BARE, SYSTEM -> assertThat(account.orElse("")).doesNotContain("\"streams\":");
                case OUTSIDER -> assertThat(account).isEmpty();
            }
        }
    }

    @Test
    void letsTheMonitorOnlyRead() throws InterruptedException {
        nats.client().createStream("WATCHED", 1);
        nats.client().createConsumer("WATCHED", "worker");
        nats.client().publish("WATCHED.x", 1);
        try (var monitor = cluster.client(NatsUser.MONITOR)) {
            assertThat(monitor.consumerInfo("WATCHED", "worker").getNumPending())
                    .isEqualTo(1);
            assertThat(ask(monitor, "$JS.API.STREAM.LIST").orElseThrow()).contains("\"WATCHED\"");
            assertThat(ask(monitor, "$JS.API.CONSUMER.LIST.WATCHED").orElseThrow())
                    .contains("\"worker\"");
            assertThat(ask(monitor, "$SYS.REQ.USER.INFO").orElseThrow()).contains("\"monitor\"");

            assertThat(ask(monitor, "$JS.API.STREAM.PURGE.WATCHED")).isEmpty();
            assertThat(ask(monitor, "WATCHED.x")).isEmpty();
        }
        assertThat(nats.client().streamInfo("WATCHED").getStreamState().getMsgCount())
                .isEqualTo(1);
    }

    private static Optional<String> ask(NatsClient client, String subject) throws InterruptedException {
        return Optional.ofNullable(client.connection().request(subject, new byte[0], Duration.ofMillis(500)))
                .map(Message::getData)
                .map(data -> new String(data, StandardCharsets.UTF_8));
    }
}
