// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Reason;
import io.highwater.exporters.Silence;
import io.highwater.exporters.Watched;
import io.highwater.lab.FreePort;
import io.highwater.lab.HostileHttp;
import io.highwater.lab.HostileNats;
import io.highwater.lab.HostileServer;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsUser;
import io.highwater.lab.TcpProxy;
import io.highwater.lab.junit.NatsClusterExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that refuse, hang, lie or die, among true ones, and all of them watched at the same time. */
@Isolated("nobody else may print")
class HostileServersTest {

    @RegisterExtension
    static final Silence silence = new Silence();

    @RegisterExtension
    static final NatsClusterExtension lab =
            new NatsClusterExtension(NatsCluster.newest().nodes(1));

    private static final Map<String, HostileServer> apis = new LinkedHashMap<>();
    private static final Map<String, HostileServer> ports = new LinkedHashMap<>();
    private static final Map<String, Watched> watchedApis = new LinkedHashMap<>();
    private static Watched watchedPorts;

    @BeforeAll
    static void watchThemAll() {
        lab.client().createStream("ORDERS", 1);

        apis.put("silent", HostileServer.silent());
        apis.put("closing", HostileServer.closing());
        apis.put("garbage", HostileServer.garbage());
        apis.put("hanging in login", HostileNats.hangingInLogin());
        apis.put("garbage in login", HostileNats.garbageInLogin());
        apis.put("dying in greeting", HostileNats.dyingInGreeting());
        apis.put("refusing login", HostileNats.refusingLogin());
        apis.put("hanging in reply", HostileNats.hangingInReply());
        apis.put("dying in reply", HostileNats.dyingInReply());
        apis.forEach((name, server) -> watchedApis.put(name, watchApi(server.port())));

        ports.put("silent", HostileServer.silent());
        ports.put("closing", HostileServer.closing());
        ports.put("garbage", HostileServer.garbage());
        ports.put("failing", HostileHttp.failing());
        ports.put("wanting a login", HostileHttp.answering(401, "{}"));
        ports.put("truncated", HostileHttp.truncatedJson());
        ports.put("wrong type", HostileHttp.answering(200, "{\"server_name\": 7}"));
        ports.put("array", HostileHttp.answering(200, "[]"));
        ports.put("nothing", HostileHttp.answering(200, ""));
        ports.put("another program", HostileHttp.answering(200, "{}"));
        ports.put("dying in body", HostileHttp.dyingInBody());
        ports.put("hanging in body", HostileHttp.hangingInBody());
        ports.put("dripping", HostileHttp.drippingBody(Duration.ofMillis(10)));
        ports.put("endless", HostileHttp.endlessBody());
        var monitoring = new LinkedHashMap<>(WatchedBus.monitoring(lab.cluster()));
        ports.forEach((name, server) -> monitoring.put(name, "http://127.0.0.1:" + server.port()));
        monitoring.put("closed", "http://127.0.0.1:" + FreePort.next());
        watchedPorts = WatchedBus.watch(WatchedBus.settings(lab.cluster().urls(), monitoring, NatsUser.MONITOR));
    }

    @AfterAll
    static void end() {
        watchedApis.values().forEach(Watched::close);
        watchedPorts.close();
        apis.values().forEach(HostileServer::close);
        ports.values().forEach(HostileServer::close);
    }

    static Stream<Object[]> hostileApis() {
        return Stream.of(new Object[][] {
            {"silent", Reason.TIMEOUT},
            {"closing", Reason.PROTOCOL},
            {"garbage", Reason.PROTOCOL},
            {"hanging in login", Reason.TIMEOUT},
            {"garbage in login", Reason.TIMEOUT}, // the client swallows what it cannot read, and waits
            {"dying in greeting", Reason.PROTOCOL},
            {"refusing login", Reason.AUTH},
            {"hanging in reply", Reason.TIMEOUT},
            {"dying in reply", Reason.PROTOCOL}
        });
    }

    @ParameterizedTest
    @MethodSource("hostileApis")
    void aServerThatFailsItsClientsFailsTheApiAlone(String name, Reason reason) {
        var watched = Objects.requireNonNull(watchedApis.get(name));
        int port = Objects.requireNonNull(apis.get(name)).port();
        await().until(() -> failure(watched, "api").equals(Optional.of(reason)));
        assertThat(watched.value("nats_up", "node", "api")).hasValue(0);
        await().until(() -> {
            assertThat(connections(port)).isLessThanOrEqualTo(1);
            // One that may not log in is asked less and less.
            return watched.runs("api", "health") >= (reason == Reason.AUTH ? 2 : 3);
        });
        assertThat(watched.value("nats_up", "node", "api")).hasValue(0);
        assertThat(watched.page()).doesNotContain("\nnats_account").doesNotContain("\nnats_jetstream_meta");
        assertEndsInTime(watched, "api", "health", Duration.ofSeconds(2));

        assertThat(watched.value("nats_up", "node", "nats-1")).hasValue(1);
        assertThat(watched.value("nats_stream_has_leader")).hasValue(1);
    }

    static Stream<Object[]> hostilePorts() {
        return Stream.of(new Object[][] {
            {"silent", Reason.TIMEOUT},
            {"closing", Reason.PROTOCOL},
            {"garbage", Reason.PROTOCOL},
            {"failing", Reason.PROTOCOL},
            {"wanting a login", Reason.AUTH},
            {"truncated", Reason.PROTOCOL},
            {"wrong type", Reason.PROTOCOL},
            {"array", Reason.PROTOCOL},
            {"nothing", Reason.PROTOCOL},
            {"another program", Reason.PROTOCOL},
            {"dying in body", Reason.PROTOCOL},
            {"hanging in body", Reason.TIMEOUT},
            {"dripping", Reason.TIMEOUT},
        });
    }

    @ParameterizedTest
    @MethodSource("hostilePorts")
    void aPortThatFailsItsClientsFailsItsNodeAlone(String name, Reason reason) {
        int port = Objects.requireNonNull(ports.get(name)).port();
        await().until(() -> failure(watchedPorts, name).equals(Optional.of(reason)));
        assertOnlyDown(name);
        await().until(() -> {
            assertThat(connections(port)).isLessThanOrEqualTo(2);
            return watchedPorts.runs(name, "health") >= (reason == Reason.AUTH ? 2 : 3);
        });
        assertOnlyDown(name);
        assertEndsInTime(watchedPorts, name, "health", Duration.ofSeconds(2));
    }

    @Test
    void aClosedPortIsRefused() {
        await().until(() -> failure(watchedPorts, "closed").equals(Optional.of(Reason.REFUSED)));
        assertOnlyDown("closed");
        try (var watched = watchApi(FreePort.next())) {
            await().until(() -> failure(watched, "api").equals(Optional.of(Reason.REFUSED)));
            assertThat(watched.value("nats_up", "node", "api")).hasValue(0);
        }
    }

    /** How far it comes until its deadline depends on the machine. */
    @Test
    void aBodyWithoutAnEndIsCut() {
        await().until(() -> failure(watchedPorts, "endless").isPresent());
        assertThat(failure(watchedPorts, "endless").orElseThrow()).isIn(Reason.TIMEOUT, Reason.PROTOCOL);
        assertOnlyDown("endless");
        assertEndsInTime(watchedPorts, "endless", "health", Duration.ofSeconds(2));
    }

    @Test
    void trueServersAmongThemAreAsTheyAre() {
        await().until(() -> watchedPorts.outcome("api", "streams").isPresent());
        assertThat(watchedPorts.value("nats_up", "node", "nats-1")).hasValue(1);
        assertThat(watchedPorts.value("nats_up", "node", "api")).hasValue(1);
        assertThat(watchedPorts.value("nats_stream_has_leader", "stream_name", "ORDERS"))
                .hasValue(1);
    }

    @Test
    void twoConnectionsToAPortAndOneToTheApiAreAllThatThereEverAre() throws IOException {
        var server = lab.cluster().nodes().getFirst();
        try (var api = new TcpProxy(server.port());
                var port = new TcpProxy(server.monitoringPort());
                var watched = WatchedBus.watch(WatchedBus.settings(
                        List.of("nats://127.0.0.1:" + api.port()),
                        Map.of("nats-1", "http://127.0.0.1:" + port.port()),
                        NatsUser.MONITOR))) {
            await().until(() -> {
                assertThat(connections(api.port())).isLessThanOrEqualTo(1);
                assertThat(connections(port.port())).isLessThanOrEqualTo(2);
                return watched.runs("nats-1", "jsz") >= 4 && watched.runs("api", "streams") >= 4;
            });
            assertThat(connections(api.port())).isEqualTo(1);
        }
    }

    @Test
    void messagesAreForPeople() {
        await().until(() -> ports.keySet().stream()
                .allMatch(name -> watchedPorts.outcome(name, "health").isPresent()));
        watchedApis.values().forEach(Watched::assertMessagesAreForPeople);
        watchedPorts.assertMessagesAreForPeople();
    }

    @Test
    void whoWasHostileIsFineOnceARealServerTakesItsPlace() {
        var server = lab.cluster().nodes().getFirst();
        try (var hostile = HostileServer.silent();
                var api = new TcpProxy(hostile.port());
                var port = new TcpProxy(hostile.port());
                var watched = WatchedBus.watch(WatchedBus.settings(
                        List.of("nats://127.0.0.1:" + api.port()),
                        Map.of("nats-1", "http://127.0.0.1:" + port.port()),
                        NatsUser.MONITOR))) {
            await().until(() -> failure(watched, "api").isPresent()
                    && failure(watched, "nats-1").isPresent());
            api.target(server.port());
            port.target(server.monitoringPort());
            await().until(() -> watched.value("nats_up", "node", "api").orElse(0) == 1
                    && watched.value("nats_up", "node", "nats-1").orElse(0) == 1);
            await().until(() -> watched.value("nats_stream_total_messages").isPresent());
        }
    }

    private static void assertOnlyDown(String node) {
        assertThat(watchedPorts.page().lines().filter(line -> line.contains("node=\"" + node + "\"")))
                .containsExactly("nats_up{cluster=\"bus\",node=\"" + node + "\"} 0");
    }

    private static void assertEndsInTime(Watched watched, String node, String collector, Duration limit) {
        var newest = new ArrayList<Duration>();
        watched.store().slots().stream()
                .filter(slot ->
                        slot.target().node().equals(node) && slot.collector().equals(collector))
                .flatMap(slot -> slot.latest().stream())
                .forEach(snapshot -> newest.add(snapshot.took()));
        // A busy machine may be late to notice.
        assertThat(newest).singleElement().satisfies(took -> assertThat(took).isLessThan(limit.plusMillis(500)));
    }

    private static Optional<Reason> failure(Watched watched, String node) {
        return watched.outcome(node, "health")
                .flatMap(outcome -> outcome instanceof Outcome.Failed(Reason reason, String _)
                        ? Optional.of(reason)
                        : Optional.empty());
    }

    private static Watched watchApi(int port) {
        return WatchedBus.watch(WatchedBus.settings(
                List.of("nats://127.0.0.1:" + port), WatchedBus.monitoring(lab.cluster()), NatsUser.MONITOR));
    }

    /** Ours to that port, as the kernel sees them; tests of others on this machine may have used that port before. */
    private static long connections(int port) throws IOException {
        var established = "01";
        var remote = String.format(":%04X", port);
        var ours = sockets();
        long count = 0;
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            count += Files.readAllLines(Path.of(table)).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(entry -> entry[2].endsWith(remote) && entry[3].equals(established))
                    .filter(entry -> ours.contains("socket:[" + entry[9] + "]"))
                    .count();
        }
        return count;
    }

    private static Set<String> sockets() throws IOException {
        var links = new HashSet<String>();
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var descriptor : descriptors) {
                try {
                    links.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException e) {
                    // closed meanwhile
                }
            }
        }
        return links;
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
    }
}
