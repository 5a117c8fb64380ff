// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Reason;
import io.highwater.core.tls.ClientTls;
import io.highwater.core.tls.ClientTls.Verify;
import io.highwater.exporters.Silence;
import io.highwater.exporters.Watched;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsPlan.Tls;
import io.highwater.lab.NatsUser;
import io.highwater.lab.junit.NatsClusterExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Servers whose clients' port speaks TLS alone, with a certificate for 127.0.0.1 and localhost. */
@Isolated("nobody else may print")
class TlsTest {

    @RegisterExtension
    static final Silence silence = new Silence();

    @RegisterExtension
    static final NatsClusterExtension servers =
            new NatsClusterExtension(NatsCluster.newest().nodes(1).tls(Tls.SERVERS));

    @RegisterExtension
    static final NatsClusterExtension mutual =
            new NatsClusterExtension(NatsCluster.newest().nodes(1).tls(Tls.SERVERS_AND_CLIENTS));

    private static Watched watch(NatsClusterExtension lab, String host, Optional<ClientTls> tls) {
        var port = lab.cluster().nodes().getFirst().port();
        return WatchedBus.watch(WatchedBus.settings(
                List.of("tls://" + host + ":" + port), Map.of(), WatchedBus.login(NatsUser.MONITOR), Map.of(), tls));
    }

    private static Optional<ClientTls> tls(NatsClusterExtension ca, Verify verify) {
        return Optional.of(
                new ClientTls(Optional.of(ca.cluster().tls().authority()), Optional.empty(), Optional.empty(), verify));
    }

    private static Outcome ended(Watched watched) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> watched.outcome("api", "health").isPresent());
        return watched.outcome("api", "health").orElseThrow();
    }

    private static void works(NatsClusterExtension lab, String host, Optional<ClientTls> tls) {
        try (var watched = watch(lab, host, tls)) {
            assertThat(ended(watched)).isInstanceOf(Outcome.Collected.class);
        }
    }

    private static void fails(NatsClusterExtension lab, String host, Optional<ClientTls> tls) {
        try (var watched = watch(lab, host, tls)) {
            assertThat(ended(watched))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.reason())
                                    .as(failed.message())
                                    .isEqualTo(Reason.AUTH));
            assertThat(watched.value("nats_up")).hasValue(0);
        }
    }

    @Test
    void aServerWithTheRightCertificateIsTrusted() {
        works(servers, "127.0.0.1", tls(servers, Verify.FULL));
        works(servers, "localhost", tls(servers, Verify.FULL));
        works(servers, "127.0.0.1", tls(servers, Verify.CA));
    }

    @Test
    void anotherAuthorityIsNotUnlessNothingIsChecked() {
        fails(servers, "127.0.0.1", tls(mutual, Verify.FULL));
        fails(servers, "127.0.0.1", tls(mutual, Verify.CA));
        works(servers, "127.0.0.1", tls(mutual, Verify.NONE));
    }

    @Test
    void aServerThatWantsACertificateGetsOurs() {
        var tls = mutual.cluster().tls();
        var ours = new ClientTls(
                Optional.of(tls.authority()),
                Optional.of(tls.clientCertificate()),
                Optional.of(tls.clientKey()),
                Verify.FULL);
        works(mutual, "127.0.0.1", Optional.of(ours));
    }

    /** In TLS 1.3 the server says so after the handshake, where the client library does not listen. */
    @Test
    void withoutOneWeAreNotLetIn() {
        try (var watched = watch(mutual, "127.0.0.1", tls(mutual, Verify.FULL))) {
            assertThat(ended(watched)).isInstanceOf(Outcome.Failed.class);
            assertThat(watched.value("nats_up")).hasValue(0);
        }
    }

    @Test
    void withoutTlsTheServersWishIsTold() {
        var url = "nats://127.0.0.1:" + servers.cluster().nodes().getFirst().port();
        try (var watched = WatchedBus.watch(WatchedBus.settings(List.of(url), Map.of(), NatsUser.MONITOR))) {
            assertThat(ended(watched))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.message()).contains("SSL required by server"));
        }
    }
}
