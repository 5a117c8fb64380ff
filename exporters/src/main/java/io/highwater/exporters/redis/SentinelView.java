// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.DerivedFamilies.*;
import static io.highwater.exporters.redis.RedisExporter.COMPONENT;

import io.highwater.core.Ha;
import io.highwater.core.Samples;
import io.highwater.exporters.redis.SentinelState.Peer;
import io.highwater.exporters.redis.SentinelState.Watched;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the Sentinels say together: whether they agree, whether they can act, and whether they are right. */
final class SentinelView {

    private final Set<String> configured;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<String, Integer> failovers = new TreeMap<>();

    SentinelView(Set<String> configured) {
        this.configured = configured;
    }

    /** Without a Sentinel that answers nothing is known of them. */
    void derive(Map<String, SentinelState> sentinels, Map<String, ServerState> servers, Samples out) {
        sentinels.values().forEach(sentinel -> ids.put(sentinel.node(), sentinel.id()));
        var names = new TreeSet<String>();
        sentinels.values().forEach(sentinel -> names.addAll(sentinel.masters().keySet()));
        boolean agree = true;
        boolean right = true;
        for (var name : names) {
            var views = sentinels.values().stream()
                    .filter(sentinel -> sentinel.masters().containsKey(name))
                    .toList();
            var watched =
                    views.stream().map(sentinel -> masterOf(sentinel, name)).toList();
            boolean same = watched.stream().map(Watched::address).distinct().count() == 1;
            agree &= same;
            right &= watched.stream().noneMatch(master -> isKnownToBeNone(master, servers.values()));
            out.add(VIEW_AGREES, same, name);
            addMargins(name, views, sentinels.keySet(), out);
            countFailovers(name, watched, out);
        }
        if (!names.isEmpty()) {
            out.add(Ha.INVARIANT_VIOLATED, !agree, COMPONENT, "sentinels_agree");
            out.add(Ha.INVARIANT_VIOLATED, !right, COMPONENT, "sentinel_master_is_primary");
        }
    }

    private static Watched masterOf(SentinelState sentinel, String name) {
        return Objects.requireNonNull(sentinel.masters().get(name));
    }

    /** Whether the one that clients are sent to is a server of ours that answers and takes no writes. */
    private static boolean isKnownToBeNone(Watched master, Collection<ServerState> servers) {
        return servers.stream()
                .filter(server -> server.address().equals(master.address())
                        || server.runId().equals(master.runId()))
                .anyMatch(server -> !server.master());
    }

    /**
     * A failover needs a majority of all Sentinels that are known, dead ones among them, and before that a quorum that
     * finds the master down. What counts is whom one Sentinel reaches, for the one that reaches most.
     */
    private void addMargins(String name, Collection<SentinelState> views, Set<String> answering, Samples out) {
        int known = 0;
        int usable = 0;
        long quorum = 0;
        for (var sentinel : views) {
            var master = masterOf(sentinel, name);
            known = Math.max(known, master.others().size() + 1);
            usable = Math.max(usable, sentinel.tilt() ? 0 : reachedBy(master.others(), answering));
            quorum = Math.max(quorum, master.quorum().orElse(0));
        }
        out.add(Ha.QUORUM_MARGIN, usable - (known / 2 + 1), COMPONENT, "failover", name);
        if (quorum > 0) {
            out.add(Ha.QUORUM_MARGIN, (double) (usable - quorum), COMPONENT, "odown", name);
        }
    }

    /**
     * How many Sentinels one of them reaches, itself among them. It notices late when another one dies, so one that we
     * know and that does not answer us does not count; one of ours that never answered may be any that we do not know.
     */
    private int reachedBy(Collection<Peer> others, Set<String> answering) {
        var silent = new HashSet<String>();
        int neverSeen = 0;
        for (var node : configured) {
            var id = ids.get(node);
            if (id == null) {
                neverSeen++;
            } else if (!answering.contains(node)) {
                silent.add(id);
            }
        }
        var ours = Set.copyOf(ids.values());
        long mine = others.stream()
                .filter(Peer::reached)
                .filter(peer -> ours.contains(peer.id()) && !silent.contains(peer.id()))
                .count();
        long strangers = others.stream()
                .filter(Peer::reached)
                .filter(peer -> !ours.contains(peer.id()))
                .count();
        return (int) (1 + mine + Math.max(0, strangers - neverSeen));
    }

    private void countFailovers(String name, Collection<Watched> watched, Samples out) {
        long epoch = watched.stream()
                .mapToLong(master -> master.configEpoch().orElse(0))
                .max()
                .orElse(0);
        var before = epochs.put(name, epoch);
        // Sentinels that come later may not know the newest epoch yet; that is no step back.
        if (before != null && epoch > before) {
            failovers.merge(name, 1, Integer::sum);
        } else if (before != null) {
            epochs.put(name, before);
        }
        out.add(FAILOVERS, failovers.getOrDefault(name, 0), name);
    }
}
