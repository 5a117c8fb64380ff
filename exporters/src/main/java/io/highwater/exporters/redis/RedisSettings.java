// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.client.redis.Address;
import io.highwater.exporters.client.redis.RedisLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the configuration says of one set of Redis servers, under {@code clusters.<name>.redis}. */
public record RedisSettings(
        @Doc(
                "every server of one set, or of one Redis Cluster: a stable name and where it listens, the port 6379 when left out")
        Map<String, Address> nodes,

        @Doc("every Sentinel that watches the set; the port 26379 when left out")
        Optional<Map<String, Address>> sentinels,

        @Doc("what the Sentinels call the set; all that they watch when left out")
        Optional<String> masterName,

        @Doc("queue for jobs, sessions and all that must not get lost; cache for what may") @Default("cache")
        Purpose purpose,

        @Doc("the ACL user to connect as; the default user when left out")
        Optional<String> user,

        @Doc("the user's password, or requirepass") Optional<Secret> password,

        @Doc("the ACL user at the Sentinels; the default user when left out")
        Optional<String> sentinelUser,

        @Doc("its password") Optional<Secret> sentinelPassword,

        @Doc("TLS to servers and Sentinels; without this key there is none")
        Optional<ClientTls> tls,

        @Doc("how many commands have series of their own; the others are one") @Default("50")
        int topCommands) {

    /** What the data is for. */
    public enum Purpose {
        CACHE,
        QUEUE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int SERVER_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    public RedisSettings {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("nodes: name at least one server");
        }
        for (var sentinel : sentinels.orElse(Map.of()).keySet()) {
            if (nodes.containsKey(sentinel)) {
                throw new IllegalArgumentException("sentinels: " + sentinel + " is also the name of a server");
            }
        }
        if (topCommands < 1 || topCommands > 500) {
            throw new IllegalArgumentException("topCommands: write 1 to 500");
        }
    }

    /** The names of the servers, then those of the Sentinels. */
    List<String> targets() {
        var names = new ArrayList<>(nodes.keySet());
        names.addAll(sentinels.orElse(Map.of()).keySet());
        return names;
    }

    boolean isSentinel(String name) {
        return sentinels.orElse(Map.of()).containsKey(name);
    }

    RedisLink link(String name) {
        var address = address(name);
        return isSentinel(name)
                ? new RedisLink(address.host(), address.port(SENTINEL_PORT), sentinelUser, sentinelPassword, tls)
                : new RedisLink(address.host(), address.port(SERVER_PORT), user, password, tls);
    }

    private Address address(String name) {
        var named = isSentinel(name) ? sentinels.orElseThrow() : nodes;
        return Objects.requireNonNull(named.get(name), name);
    }
}
