// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.redis.Address;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The settings under which tests watch servers of the lab. */
final class WatchedRedis {

    static final Duration INTERVAL = Duration.ofMillis(200);

    private WatchedRedis() {}

    static Watched watch(RedisSettings settings) {
        return Watched.by(new RedisExporter(), "jobs", settings, INTERVAL);
    }

    /** All servers and Sentinels, without credentials. */
    static Watched of(RedisSet set) {
        return watch(settings(set));
    }

    static RedisSettings settings(RedisSet set) {
        return settings(servers(set.servers()), sentinels(set), Optional.empty(), Optional.empty());
    }

    static RedisSettings settings(
            Map<String, Address> nodes,
            Map<String, Address> sentinels,
            Optional<Login> login,
            Optional<ClientTls> tls) {
        var user = login.map(Login::user);
        var password = login.map(of -> new Secret("test", of::password));
        return new RedisSettings(
                nodes,
                sentinels.isEmpty() ? Optional.empty() : Optional.of(sentinels),
                Optional.empty(),
                RedisSettings.Purpose.QUEUE,
                user,
                password,
                user,
                password,
                tls,
                20);
    }

    record Login(String user, String password) {}

    static Map<String, Address> servers(List<RedisServer> servers) {
        var nodes = new LinkedHashMap<String, Address>();
        servers.forEach(server -> nodes.put(server.name(), new Address(server.address())));
        return nodes;
    }

    static Map<String, Address> sentinels(RedisSet set) {
        var sentinels = new LinkedHashMap<String, Address>();
        set.sentinels().forEach(sentinel -> sentinels.put(sentinel.name(), new Address(sentinel.address())));
        return sentinels;
    }

    /** One port of this machine, called redis-1. */
    static Watched ofPort(int port) {
        return watch(settings(
                Map.of("redis-1", new Address("127.0.0.1:" + port)), Map.of(), Optional.empty(), Optional.empty()));
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
