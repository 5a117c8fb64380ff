// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.DerivedFamilies.*;
import static io.highwater.exporters.redis.RedisExporter.COMPONENT;

import io.highwater.core.Ha;
import io.highwater.core.Samples;
import io.highwater.exporters.redis.ClusterState.Member;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the servers of a Redis Cluster say together: which shards could lose their master, and how far replicas are. */
final class ShardsView {

    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, MasterStream> streams = new HashMap<>();

    /** Whether every shard has a master and most masters are there; empty when no server knows of others yet. */
    Optional<Boolean> derive(Map<String, ServerState> servers, Samples out) {
        var views = new HashMap<String, ClusterState>();
        var byId = new HashMap<String, ServerState>();
        for (var server : servers.values()) {
            server.cluster().filter(view -> !view.members().isEmpty()).ifPresent(view -> {
                views.put(server.node(), view);
                view.members().stream().filter(Member::self).forEach(self -> {
                    ids.put(server.node(), self.id());
                    byId.put(self.id(), server);
                });
            });
        }
        var newest = views.values().stream().max(Comparator.comparingLong(ClusterState::epoch));
        return newest.map(view -> derive(servers, view, views.values(), byId, out));
    }

    private boolean derive(
            Map<String, ServerState> servers,
            ClusterState newest,
            Collection<ClusterState> views,
            Map<String, ServerState> byId,
            Samples out) {
        follow(servers);
        addLags(newest, byId, out);
        boolean serves = addMargins(newest, byId, out) >= 0 && slots(newest) == ClusterState.SLOTS;
        var owners = views.stream().map(ShardsView::owners).distinct().count();
        out.add(Ha.INVARIANT_VIOLATED, owners > 1, COMPONENT, "cluster_view_agrees");
        out.add(Ha.INVARIANT_VIOLATED, slots(newest) < ClusterState.SLOTS, COMPONENT, "cluster_slots_owned");
        return serves;
    }

    private void follow(Map<String, ServerState> servers) {
        for (var server : servers.values()) {
            if (server.takesWrites()) {
                streams.compute(
                                server.node(),
                                (_, stream) -> stream != null && stream.isOf(server) ? stream : new MasterStream())
                        .see(server);
            } else {
                streams.remove(server.node());
            }
        }
    }

    private void addLags(ClusterState view, Map<String, ServerState> byId, Samples out) {
        for (var member : view.members()) {
            var replica = byId.get(member.id());
            var master = byId.get(member.master());
            var stream = master == null ? null : streams.get(master.node());
            if (replica != null && master != null && stream != null && replica.follows(master)) {
                ReplicaLag.add(replica, stream.data(), out);
            }
        }
    }

    /** How many more servers may fail; below 0 when the cluster does not serve. */
    private int addMargins(ClusterState view, Map<String, ServerState> byId, Samples out) {
        var silent = silent(byId);
        var owners = view.members().stream().filter(Member::ownsSlots).toList();
        long alive = owners.stream().filter(owner -> isAlive(owner, silent)).count();
        int unprotected = 0;
        int least = Integer.MAX_VALUE;
        for (var owner : owners) {
            int replicas = replicas(owner, view.members(), byId, silent);
            unprotected += replicas == 0 ? 1 : 0;
            least = Math.min(least, isAlive(owner, silent) ? replicas : -1);
        }
        int majority = (int) alive - (owners.size() / 2 + 1);
        out.add(SHARDS, owners.size());
        out.add(SHARDS_UNPROTECTED, unprotected);
        if (owners.isEmpty()) {
            return -1;
        }
        int margin = Math.min(majority, least);
        out.add(Ha.QUORUM_MARGIN, majority, COMPONENT, "masters", "");
        out.add(Ha.QUORUM_MARGIN, least, COMPONENT, "shard", "");
        out.add(Ha.QUORUM_MARGIN, margin, COMPONENT, "", "");
        return margin;
    }

    /** Servers of ours that answered once and do not now: the others notice that late. */
    private Set<String> silent(Map<String, ServerState> byId) {
        var silent = new HashSet<>(ids.values());
        silent.removeAll(byId.keySet());
        return silent;
    }

    private static boolean isAlive(Member member, Set<String> silent) {
        return !member.failing() && !silent.contains(member.id());
    }

    private static int replicas(Member owner, List<Member> members, Map<String, ServerState> byId, Set<String> silent) {
        return (int) members.stream()
                .filter(member -> member.master().equals(owner.id()) && isAlive(member, silent))
                .filter(member -> couldTakeOver(byId.get(member.id()), byId.get(owner.id())))
                .count();
    }

    /** As far as the two are known: of servers that are not configured only the others' word is. */
    private static boolean couldTakeOver(@Nullable ServerState replica, @Nullable ServerState master) {
        return replica == null
                || (!replica.loading() && !replica.syncing() && (master == null || replica.follows(master)));
    }

    private static Map<String, Set<String>> owners(ClusterState view) {
        return view.members().stream().filter(Member::ownsSlots).collect(Collectors.toMap(Member::id, Member::ranges));
    }

    private static int slots(ClusterState view) {
        return view.members().stream()
                .flatMap(member -> member.ranges().stream())
                .mapToInt(ShardsView::length)
                .sum();
    }

    private static int length(String range) {
        var ends = range.split("-", -1);
        return Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
    }
}
