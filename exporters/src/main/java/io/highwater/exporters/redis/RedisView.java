// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import io.highwater.core.Availability;
import io.highwater.core.Derivation;
import io.highwater.core.Facts;
import io.highwater.core.Ha;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What servers and Sentinels say together, by what they are: one set, or a Redis Cluster. */
final class RedisView implements Derivation {

    private final RedisSettings settings;
    private final SetView set;
    private final ShardsView shards = new ShardsView();
    private final SentinelView sentinels;
    private final Availability availability = new Availability(RedisExporter.COMPONENT);

    RedisView(RedisSettings settings) {
        this.settings = settings;
        this.set = new SetView(settings.nodes().keySet());
        this.sentinels = new SentinelView(settings.sentinels().orElse(Map.of()).keySet());
    }

    @Override
    public void derive(List<Snapshot> snapshots, long nowNanos, Samples out) {
        var servers = facts(snapshots, ServerState.class, ServerState::node);
        if (servers.isEmpty()) {
            availability.note(false, nowNanos, out);
        } else {
            out.add(Ha.MEMBERS, settings.nodes().size(), RedisExporter.COMPONENT, "configured");
            out.add(Ha.MEMBERS, servers.size(), RedisExporter.COMPONENT, "online");
            servers.values()
                    .forEach(server -> out.add(
                            Ha.ROLE,
                            1,
                            RedisExporter.COMPONENT,
                            server.node(),
                            server.master() ? "primary" : "replica"));
            if (servers.values().stream().anyMatch(server -> server.cluster().isPresent())) {
                shards.derive(servers, out).ifPresent(serves -> availability.note(serves, nowNanos, out));
            } else {
                availability.note(set.derive(servers, out), nowNanos, out);
            }
        }
        sentinels.derive(facts(snapshots, SentinelState.class, SentinelState::node), servers, out);
    }

    private static <F> Map<String, F> facts(List<Snapshot> snapshots, Class<F> type, Function<F, String> node) {
        var facts = new TreeMap<String, F>();
        Facts.of(snapshots, type).forEach(fact -> facts.put(node.apply(fact), fact));
        return facts;
    }
}
