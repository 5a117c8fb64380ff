// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.exporters.jetstream.AssetFamilies.*;
import static io.highwater.exporters.jetstream.JetStreamExporter.COMPONENT;

import io.highwater.core.Availability;
import io.highwater.core.Derivation;
import io.highwater.core.Facts;
import io.highwater.core.Family;
import io.highwater.core.Ha;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the servers and the API say together of the cluster: its meta group, and in parts of their own, its assets and what waits in them. */
final class JetStreamView implements Derivation {

    private final int configured;
    private final Servers servers;
    private final AssetView assets;
    private final BacklogView backlogs;
    private final Availability availability = new Availability(COMPONENT);
    private String lastLeader = "";
    private int leaderChanges;
    private @Nullable Instant lastFailover;

    JetStreamView(JetStreamSettings settings) {
        this.configured = settings.monitoring().size();
        this.servers = new Servers(settings.monitoring().keySet());
        this.assets = new AssetView(servers, settings.consumerReplicas());
        this.backlogs = new BacklogView(assets);
    }

    @Override
    public Map<String, Derivation> more() {
        var more = new LinkedHashMap<String, Derivation>();
        more.put("assets", assets);
        more.put("backlogs", backlogs);
        return more;
    }

    /** A server that says that it leads the meta group. */
    private record Claim(ServerState server, RaftGroup group, long readNanos) {}

    @Override
    public void derive(List<Snapshot> snapshots, long nowNanos, Samples out) {
        servers.see(snapshots);
        var api = Facts.of(snapshots, ApiState.class).toList();
        byAccount(api).forEach(state -> addUsage(state, out));
        if (configured > 0) {
            out.add(Ha.MEMBERS, configured, COMPONENT, "configured");
            out.add(Ha.MEMBERS, servers.answering().size(), COMPONENT, "online");
        }
        var leaders = leaders(snapshots);
        var hasLeader = hasLeader(leaders, api);
        boolean answered = !servers.answering().isEmpty() || !api.isEmpty();
        availability.note(hasLeader.orElse(answered), nowNanos, out);
        if (hasLeader.isPresent()) {
            addMeta(leaders, hasLeader.get(), api, out);
        }
    }

    private List<Claim> leaders(List<Snapshot> snapshots) {
        var claims = new ArrayList<Claim>();
        for (var snapshot : snapshots) {
            if (snapshot.fact().orElse(null) instanceof ServerState server
                    && server.meta() != null
                    && server.meta().leader().filter(server.name()::equals).isPresent()
                    && servers.holds(server.meta(), snapshot.endedNanos())) {
                claims.add(new Claim(server, server.meta(), snapshot.endedNanos()));
            }
        }
        return claims;
    }

    /** Empty when nobody can say, or when there is but one server. */
    private Optional<Boolean> hasLeader(List<Claim> leaders, List<ApiState> api) {
        var groups = servers.answering().values().stream()
                .map(ServerState::meta)
                .filter(Objects::nonNull)
                .toList();
        if (!groups.isEmpty()) {
            return Optional.of(!leaders.isEmpty() || groups.stream().anyMatch(servers::followsStranger));
        }
        boolean alone = !servers.answering().isEmpty();
        return alone
                ? Optional.empty()
                : api.stream().map(ApiState::hasMetaLeader).reduce(Boolean::logicalOr);
    }

    private void addMeta(List<Claim> leaders, boolean hasLeader, List<ApiState> api, Samples out) {
        out.add(META_HAS_LEADER, hasLeader);
        out.add(Ha.INVARIANT_VIOLATED, leaders.size() > 1, COMPONENT, "one_meta_leader");
        if (!servers.answering().isEmpty() && !api.isEmpty()) {
            boolean agrees = api.stream().allMatch(state -> state.hasMetaLeader() == hasLeader);
            out.add(Ha.INVARIANT_VIOLATED, !agrees, COMPONENT, "api_agrees_on_meta_leader");
        }
        if (leaders.size() == 1) {
            addLeader(leaders.getFirst(), out);
        } else if (!hasLeader) {
            out.add(Ha.QUORUM_MARGIN, -1, COMPONENT, "meta", "");
        }
        out.add(Ha.ROLE_CHANGES, leaderChanges, COMPONENT);
        if (lastFailover != null) {
            out.add(Ha.LAST_FAILOVER, lastFailover.toEpochMilli() / 1e3, COMPONENT);
        }
    }

    private void addLeader(Claim leader, Samples out) {
        var name = leader.server.name();
        if (!lastLeader.isEmpty() && !lastLeader.equals(name)) {
            leaderChanges++;
            lastFailover = Instant.now();
        }
        lastLeader = name;
        int present = servers.present(leader.group, leader.readNanos);
        out.add(META_LEADER, 1, name);
        out.add(META_SIZE, leader.group.size());
        out.add(META_ONLINE, present);
        out.add(META_PENDING, (double) leader.server.pendingRequests());
        out.add(Ha.QUORUM_MARGIN, present - leader.group.quorum(), COMPONENT, "meta", "");
    }

    /** Two logins may turn out to be of one account. */
    private static Collection<ApiState> byAccount(List<ApiState> api) {
        var states = new TreeMap<String, ApiState>();
        api.forEach(state -> states.putIfAbsent(state.account(), state));
        return states.values();
    }

    private static void addUsage(ApiState api, Samples out) {
        if (api.hasMetaLeader()) {
            out.add(ACCOUNT_USED, (double) api.storage(), api.account());
            out.add(ACCOUNT_MEMORY_USED, (double) api.memory(), api.account());
            addLimit(ACCOUNT_MAX, api.maxStorage(), api.account(), out);
            addLimit(ACCOUNT_MAX_MEMORY, api.maxMemory(), api.account(), out);
        }
    }

    private static void addLimit(Family family, long limit, String account, Samples out) {
        if (limit >= 0) {
            out.add(family, (double) limit, account);
        }
    }
}
