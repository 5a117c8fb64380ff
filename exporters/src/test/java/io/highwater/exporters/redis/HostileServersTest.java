// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.WatchedRedis.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Reason;
import io.highwater.exporters.client.redis.Address;
import io.highwater.lab.FreePort;
import io.highwater.lab.HostileServer;
import io.highwater.lab.RedisSet;
import io.highwater.lab.Step;
import io.highwater.lab.TcpProxy;
import io.highwater.lab.junit.RedisSetExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that hang, refuse, lie or die. */
class HostileServersTest {

    @RegisterExtension
    static final RedisSetExtension lab = new RedisSetExtension(RedisSet.plan());

    @Test
    void aServerThatAcceptsAndSaysNothingIsATimeout() {
        isDownFor(HostileServer.silent(), Reason.TIMEOUT);
    }

    @Test
    void aClosedPortIsRefused() {
        try (var watched = WatchedRedis.ofPort(FreePort.next())) {
            await().until(() -> watched.reason("redis-1", "state").isPresent());
            assertThat(watched.reason("redis-1", "state")).contains(Reason.REFUSED);
            assertThat(watched.is(0, "redis_up")).isTrue();
        }
    }

    @Test
    void garbageIsAProtocolFailure() {
        isDownFor(HostileServer.garbage(), Reason.PROTOCOL);
    }

    @Test
    void aServerThatClosesAtOnceIsAProtocolFailure() {
        isDownFor(HostileServer.closing(), Reason.PROTOCOL);
    }

    @Test
    void aReplyThatStopsInTheMiddleIsATimeout() {
        isDownFor(replying("+OK\r\n$5000\r\n# Server\r\nredis_version:7.0.15\r\n", Step.hang()), Reason.TIMEOUT);
    }

    @Test
    void aServerThatDiesInTheMiddleOfItsReplyIsAFailure() {
        isDownFor(replying("+OK\r\n$5000\r\n# Server\r\nredis_version:7.0.15\r\n", Step.reset()), Reason.PROTOCOL);
    }

    /** A client that believes it would take all the agent's memory. */
    @Test
    void aReplyThatClaimsToBeHugeIsAProtocolFailure() {
        isDownFor(replying("+OK\r\n$2147483000\r\n", Step.hang()), Reason.PROTOCOL);
        isDownFor(replying("+OK\r\n*2147483000\r\n", Step.hang()), Reason.PROTOCOL);
        isDownFor(replying("+OK\r\n" + "*1\r\n".repeat(100), Step.hang()), Reason.PROTOCOL);
    }

    @Test
    void aLineWithoutAnEndIsAProtocolFailure() {
        isDownFor(replying("+" + "x".repeat(200_000), Step.hang()), Reason.PROTOCOL);
    }

    @Test
    void aReplyThatComesByteByByteIsATimeout() {
        var bytes = "+OK\r\n$5000\r\nredis_version:7.0.15".getBytes(US_ASCII);
        isDownFor(HostileServer.dripping(Duration.ofMillis(300), bytes), Reason.TIMEOUT);
    }

    @Test
    void anotherServiceIsAProtocolFailure() {
        isDownFor(replying("HTTP/1.1 400 Bad Request\r\n\r\n", Step.hang()), Reason.PROTOCOL);
        isDownFor(replying("+OK\r\n$5\r\nhello\r\n", Step.hang()), Reason.PROTOCOL);
    }

    @Test
    void aFullServerRefusesUntilItHasRoom() throws IOException {
        lab.master().configure("maxclients", "10");
        var crowd = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 10; i++) {
                crowd.add(new Socket(
                        InetAddress.getLoopbackAddress(), lab.master().port()));
            }
            try (var watched = WatchedRedis.ofPort(lab.master().port())) {
                await().until(() -> watched.reason("redis-1", "state").equals(Optional.of(Reason.REFUSED)));
                for (var one : crowd) {
                    one.close();
                }
                await().until(() -> watched.is(1, "redis_up"));
            }
        } finally {
            for (var one : crowd) {
                one.close();
            }
            await().ignoreExceptions().untilAsserted(() -> lab.master().configure("maxclients", "10000"));
        }
    }

    @Test
    void aTrueServerWhoseAnswersAreCutShortIsAFailureUntilItIsWhole() {
        try (var proxy = new TcpProxy(lab.master().port());
                var watched = WatchedRedis.ofPort(proxy.port())) {
            await().until(() -> watched.is(1, "redis_up"));
            proxy.cutAfter(3000);
            await().until(() -> watched.is(0, "redis_up"));
            await().until(() -> watched.page().lines().noneMatch(line -> line.startsWith("redis_memory")));
            proxy.mode(TcpProxy.Mode.FORWARD);
            await().until(() -> watched.is(1, "redis_up"));
        }
    }

    @Test
    void twoConnectionsAreAllThatATargetEverHas() {
        try (var watched = WatchedRedis.ofPort(lab.master().port())) {
            for (int run = 1; run < 10; run++) {
                int wanted = run;
                await().until(() -> watched.runs("redis-1", "settings") >= wanted);
                var clients = String.valueOf(lab.master().command("CLIENT", "LIST"));
                assertThat(clients.lines().filter(line -> line.contains(" name=highwater ")))
                        .hasSizeBetween(1, 2);
            }
            // What is open is kept: no connection more for each collection.
            assertThat(Integer.parseInt(lab.master().info("total_connections_received")))
                    .isLessThan(100);
        }
    }

    @Test
    void nothingIsAskedThatGrowsWithTheData() {
        try (var watched = WatchedRedis.ofPort(lab.master().port())) {
            lab.master().command("CONFIG", "RESETSTAT");
            await().until(() -> watched.runs("redis-1", "settings") >= 3);
            var asked = String.valueOf(lab.master().command("INFO", "commandstats"))
                    .lines()
                    .filter(line -> line.startsWith("cmdstat_"))
                    .map(line -> line.substring("cmdstat_".length(), line.indexOf(':')))
                    .filter(command -> !command.equals("config|resetstat"))
                    .toList();
            assertThat(Set.copyOf(asked))
                    .isSubsetOf("info", "config|get", "slowlog|len", "client|setname", "client|list");
        }
    }

    @Test
    void aServerThatIsConfiguredAsASentinelIsToldApart() {
        var here = new Address(lab.master().address());
        var settings = WatchedRedis.settings(
                Map.of("redis-1", here), Map.of("sentinel-1", here), Optional.empty(), Optional.empty());
        try (var watched = WatchedRedis.watch(settings)) {
            await().until(() -> watched.outcome("sentinel-1", "state").isPresent());
            assertThat(watched.is(0, "redis_up", "node", "sentinel-1")).isTrue();
            assertThat(watched.reason("sentinel-1", "state")).contains(Reason.PROTOCOL);
        }
    }

    /** Answers the first thing that it hears, which is our name, and what follows. */
    private static HostileServer replying(String reply, Step then) {
        return HostileServer.playing(Step.receive(), Step.send(reply.getBytes(US_ASCII)), then);
    }

    private static void isDownFor(HostileServer server, Reason reason) {
        try (server;
                var watched = WatchedRedis.ofPort(server.port())) {
            await().until(() -> watched.reason("redis-1", "state").equals(Optional.of(reason)));
            assertThat(watched.is(0, "redis_up")).isTrue();
            assertThat(List.of(watched.page().split("\n")))
                    .noneMatch(line -> line.startsWith("redis_uptime") || line.startsWith("ha_primary_count"));
        }
    }
}
