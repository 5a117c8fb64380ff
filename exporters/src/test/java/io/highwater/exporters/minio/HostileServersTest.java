// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static io.highwater.exporters.minio.WatchedMinio.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Reason;
import io.highwater.exporters.Silence;
import io.highwater.exporters.Watched;
import io.highwater.lab.FreePort;
import io.highwater.lab.HostileHttp;
import io.highwater.lab.HostileServer;
import io.highwater.lab.MinioCluster;
import io.highwater.lab.TcpProxy;
import io.highwater.lab.junit.MinioExtension;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that refuse, hang, lie or die, beside a true one, and all of them asked at the same time. */
@Isolated("nobody else may print")
class HostileServersTest {

    @RegisterExtension
    static final Silence silence = new Silence();

    @RegisterExtension
    static final MinioExtension lab = new MinioExtension(MinioCluster.alone());

    private static final String TRUE_ONE = "true";

    private static final Map<String, HostileServer> hostile = new LinkedHashMap<>();
    private static Watched watched;

    @BeforeAll
    static void watchThemAll() {
        hostile.put("silent", HostileServer.silent());
        hostile.put("closing", HostileServer.closing());
        hostile.put("garbage", HostileServer.garbage());
        hostile.put("failing", HostileHttp.failing());
        hostile.put("wanting a login", HostileHttp.answering(401, "{}"));
        hostile.put("moved", HostileHttp.answering(301, ""));
        hostile.put("another program", HostileHttp.answering(200, "{}"));
        hostile.put("truncated", HostileHttp.truncatedJson());
        hostile.put("dying in body", HostileHttp.dyingInBody());
        hostile.put("hanging in body", HostileHttp.hangingInBody());
        hostile.put("dripping", HostileHttp.drippingBody(Duration.ofMillis(10)));
        hostile.put("endless", HostileHttp.endlessBody());
        hostile.put("bomb", HostileHttp.gzipBomb("minio_api_requests_total 1 1\n".repeat(10_000), 1000));
        var nodes = new LinkedHashMap<String, String>();
        hostile.forEach((name, server) -> nodes.put(name, "http://127.0.0.1:" + server.port()));
        nodes.put("closed", "http://127.0.0.1:" + FreePort.next());
        nodes.put("unknown", "http://no-such-host.invalid");
        nodes.put(TRUE_ONE, lab.cluster().node(1).url());
        watched = WatchedMinio.of(nodes);
    }

    @AfterAll
    static void end() {
        watched.close();
        hostile.values().forEach(HostileServer::close);
    }

    static Stream<Object[]> hostileServers() {
        return Stream.of(new Object[][] {
            {"silent", Reason.TIMEOUT},
            {"closing", Reason.PROTOCOL},
            {"garbage", Reason.PROTOCOL},
            {"failing", Reason.PROTOCOL},
            {"wanting a login", Reason.AUTH},
            {"moved", Reason.PROTOCOL},
            {"another program", Reason.PROTOCOL},
            {"truncated", Reason.PROTOCOL},
            {"dying in body", Reason.PROTOCOL},
            {"hanging in body", Reason.PROTOCOL},
            {"dripping", Reason.PROTOCOL},
            {"endless", Reason.PROTOCOL},
            {"bomb", Reason.PROTOCOL},
            {"closed", Reason.REFUSED},
            {"unknown", Reason.REFUSED},
        });
    }

    @ParameterizedTest
    @MethodSource("hostileServers")
    void whoFailsItsClientsIsDownAlone(String name, Reason reason) {
        await().until(() -> watched.reason(name, "health").equals(Optional.of(reason))
                && watched.reason(name, "metrics").isPresent()
                && watched.reason(name, "usage").isPresent()
                && watched.reason(name, "maintenance").isPresent());
        assertThat(watched.page().lines().filter(line -> line.contains("node=\"" + name + "\"")))
                .containsExactly("minio_up{cluster=\"files\",node=\"" + name + "\"} 0");
    }

    @Test
    void theTrueOneAmongThemIsAsItIs() {
        await().until(() -> watched.is(1, "minio_up", "node", TRUE_ONE)
                && watched.is(1, "ha_quorum_margin", "unit", "write")
                && watched.is(1, "minio_cluster_writable")
                && watched.is(0, "ha_outage_seconds"));
        assertThat(watched.value("ha_quorum_members", "state", "online")).hasValue(1);
    }

    @Test
    void messagesAreForPeople() {
        await().until(() -> watched.store().complete());
        watched.assertMessagesAreForPeople();
    }

    @Test
    void aConnectionForEachCollectorIsAllThatThereEverIs() {
        try (var proxy = new TcpProxy(lab.cluster().node(1).port());
                var one = WatchedMinio.of(Map.of("a", "http://127.0.0.1:" + proxy.port()))) {
            await().until(() -> {
                assertThat(proxy.connections()).isLessThanOrEqualTo(4);
                return one.runs("a", "metrics") >= 3 && one.runs("a", "health") >= 3;
            });
        }
    }
}
