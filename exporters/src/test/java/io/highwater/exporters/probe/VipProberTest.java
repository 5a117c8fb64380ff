// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Secret;
import io.highwater.core.Target;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.exporters.client.postgres.PostgresServers;
import io.highwater.exporters.client.postgres.SslMode;
import io.highwater.exporters.probe.VipSettings.Role;
import io.highwater.lab.FreePort;
import io.highwater.lab.HaproxyServer;
import io.highwater.lab.HostileServer;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.Site;
import io.highwater.lab.Sites;
import io.highwater.lab.junit.PostgresClusterExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A primary and a standby behind a HAProxy, whose port is the virtual IP. */
class VipProberTest {

    @RegisterExtension
    static final PostgresClusterExtension lab =
            new PostgresClusterExtension(PostgresCluster.of(18).standbys(1));

    private static final int VIP = FreePort.next();
    private static final String USER = "prober";
    private static final String PASSWORD = "behind the address";

    private static HaproxyServer haproxy;

    @BeforeAll
    static void start() {
        lab.cluster().primary().execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
        lab.cluster().awaitReplayed(lab.cluster().standby());
        haproxy = HaproxyServer.start(leadingTo(lab.cluster().primary()), Map.of(), VIP);
    }

    @AfterAll
    static void stop() {
        haproxy.close();
    }

    private static String leadingTo(PostgresServer server) {
        return "listen vip\n    mode tcp\n    bind 127.0.0.1:%d\n    server one 127.0.0.1:%d\n"
                .formatted(VIP, server.port());
    }

    private static VipSettings settings(int port, Role role, String password, String... without) {
        var nodes = new LinkedHashMap<String, PostgresNode>();
        for (var server : lab.cluster().nodes()) {
            nodes.put(server.name(), new PostgresNode("127.0.0.1:" + server.port(), PostgresNode.Replication.PHYSICAL));
        }
        nodes.keySet().removeAll(Set.of(without));
        return new VipSettings(
                "127.0.0.1:" + port,
                new PostgresServers(
                        nodes,
                        USER,
                        Optional.of(new Secret("test", () -> password)),
                        "postgres",
                        SslMode.DISABLE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                role);
    }

    private static VipSettings settings(Role role) {
        return settings(VIP, role, PASSWORD);
    }

    @Test
    void whoAnswersIsToldAndFollowedWhereItMoves() {
        var primary = lab.cluster().primary();
        var standby = lab.cluster().standby();
        try (var prober = settings(Role.PRIMARY).open(new Target("shop", "probe", "vip", Map.of()))) {
            haproxy.reload(leadingTo(primary));
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                var tried = Tried.with(prober, Duration.ofSeconds(10));
                assertThat(tried.failure()).isEmpty();
                assertThat(tried.value("probe_vip_primary")).hasValue(1);
                assertThat(tried.value("probe_vip_node_info", "answers=\"" + primary.name() + "\""))
                        .hasValue(1);
            });
            haproxy.reload(leadingTo(standby));
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                var tried = Tried.with(prober, Duration.ofSeconds(10));
                assertThat(tried.reason()).contains(FailureReason.MISMATCH);
                assertThat(tried.message()).contains(standby.name()).contains("replica");
                assertThat(tried.value("probe_vip_primary")).hasValue(0);
                assertThat(tried.value("probe_vip_node_info", "answers=\"" + standby.name() + "\""))
                        .hasValue(1);
                assertThat(tried.value("probe_vip_moves_total").orElseThrow()).isPositive();
            });
            haproxy.reload(leadingTo(primary));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(
                                    Tried.with(prober, Duration.ofSeconds(10)).failure())
                            .isEmpty());
        }
    }

    @Test
    void aReplicasAddressIsToLeadToAReplica() {
        int replica = lab.cluster().standby().port();
        int primary = lab.cluster().primary().port();

        assertThat(Tried.once(settings(replica, Role.REPLICA, PASSWORD)).failure())
                .isEmpty();
        assertThat(Tried.once(settings(primary, Role.REPLICA, PASSWORD)).reason())
                .contains(FailureReason.MISMATCH);
        assertThat(Tried.once(settings(primary, Role.ANY, PASSWORD)).failure()).isEmpty();
    }

    @Test
    void aServerThatIsNoneOfOursIsUnknown() {
        var primary = lab.cluster().primary();

        var tried = Tried.once(settings(primary.port(), Role.PRIMARY, PASSWORD, primary.name()));

        assertThat(tried.reason()).contains(FailureReason.MISMATCH);
        assertThat(tried.value("probe_vip_node_info", "answers=\"unknown\"")).hasValue(1);
        assertThat(tried.value("probe_vip_primary")).hasValue(1);
    }

    @Test
    void aWrongPasswordIsSaidWithoutIt() {
        var tried = Tried.once(settings(VIP, Role.ANY, "wrong words"));

        assertThat(tried.reason()).contains(FailureReason.AUTH);
        assertThat(tried.message()).doesNotContain("wrong words");
    }

    @Test
    void whereNobodyOrNoPostgresAnswersNothingIsTold() {
        try (var silent = HostileServer.silent();
                var garbage = HostileServer.garbage()) {
            var refused = Tried.once(settings(FreePort.next(), Role.ANY, PASSWORD));
            var hung = Tried.once(settings(silent.port(), Role.ANY, PASSWORD), Duration.ofMillis(800));
            var none = Tried.once(settings(garbage.port(), Role.ANY, PASSWORD), Duration.ofSeconds(3));

            assertThat(refused.reason()).contains(FailureReason.REFUSED);
            assertThat(hung.reason()).contains(FailureReason.TIMEOUT);
            assertThat(none.reason()).isPresent();
            assertThat(refused.samples() + hung.samples() + none.samples())
                    .doesNotContain("probe_vip_primary")
                    .doesNotContain("probe_vip_node_info");
        }
    }

    /** Here, since there is a Postgres: it goes on in TLS after an SSLRequest. */
    @Test
    void aPostgresThatHasTlsShowsItsCertificate() throws IOException {
        var server = lab.cluster().primary();
        try (var sites = Sites.create()) {
            var site = sites.site(Site.Flaw.NONE);
            for (var file : site.files().entrySet()) {
                write(server.dataDirectory().resolve(file.getKey()), file.getValue());
            }
            server.configure("ssl_cert_file", "site.crt");
            server.configure("ssl_key_file", "site.key");
            server.configure("ssl", "on");
            var tls = new ClientTls(
                    Optional.of(sites.authority()), Optional.empty(), Optional.empty(), ClientTls.Verify.FULL);
            var settings = new TlsSettings("localhost:" + server.port(), StartTls.POSTGRES, Optional.empty(), tls);

            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                var tried = Tried.once(settings);
                assertThat(tried.failure()).isEmpty();
                assertThat(tried.value("probe_ssl_earliest_cert_expiry"))
                        .hasValue(site.expires().toEpochMilli() / 1e3);
            });
        } finally {
            server.configure("ssl", "off");
        }
    }

    /** For the account of the server alone, which wants its key so. */
    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setOwner(file, Files.getOwner(file.getParent()));
    }
}
