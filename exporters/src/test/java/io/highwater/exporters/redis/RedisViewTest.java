// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Samples;
import io.highwater.core.Target;
import io.highwater.exporters.redis.SentinelState.Peer;
import io.highwater.exporters.redis.SentinelState.Watched;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What follows from states that real servers are hard to bring into, at chosen moments. */
class RedisViewTest {

    private static final long SECOND = 1_000_000_000L;

    private final SetView set = new SetView(Set.of("redis-1", "redis-2", "redis-3"));

    @Test
    void afterAFailoverAReplicaThatHasAllThatSurvivedLacksNothing() {
        derive(1, master("redis-1", "old", 1000, 10), replica("redis-2", "old", 1000), replica("redis-3", "old", 1000));
        // The master is dead for four seconds, then redis-2 takes over and publishes before anything is written.
        derive(5, replica("redis-2", "old", 1000), replica("redis-3", "old", 1000));
        var page = derive(6, successor("redis-2", "new", "old", 1001, 1100), replica("redis-3", "old", 1000));
        assertThat(page)
                .contains("redis_replication_lag_seconds{cluster=\"jobs\",node=\"redis-3\"} 1\n")
                .contains("node=\"redis-3\",state=\"streaming\"} 1\n")
                .contains("ha_role_changes_total{cluster=\"jobs\",component=\"redis\"} 1\n");
    }

    @Test
    void afterAFailoverAReplicaThatHadMoreIsOfAnotherHistory() {
        derive(1, master("redis-1", "old", 1500, 10), replica("redis-2", "old", 1000), replica("redis-3", "old", 1500));
        var page = derive(2, successor("redis-2", "new", "old", 1001, 1001), replica("redis-3", "old", 1500));
        assertThat(page)
                .contains("node=\"redis-3\",state=\"other_history\"} 1\n")
                .contains("check=\"replicas_follow_primary\"} 1\n")
                .contains("ha_replica_promotable{cluster=\"jobs\",component=\"redis\",node=\"redis-3\"} 0\n")
                .doesNotContain("redis_replication_lag_seconds");
    }

    @Test
    void anOffsetThatMovesWithoutAChangeOfDataIsNoLag() {
        derive(1, master("redis-1", "one", 1000, 10), replica("redis-2", "one", 1000));
        derive(2, master("redis-1", "one", 1014, 10), replica("redis-2", "one", 1000));
        assertThat(derive(3, master("redis-1", "one", 1028, 10), replica("redis-2", "one", 1000)))
                .contains("redis_replication_lag_seconds{cluster=\"jobs\",node=\"redis-2\"} 0\n")
                .contains("redis_replication_lag_bytes{cluster=\"jobs\",node=\"redis-2\"} 0\n");
        derive(4, master("redis-1", "one", 1100, 11), replica("redis-2", "one", 1000));
        assertThat(derive(5, master("redis-1", "one", 1114, 11), replica("redis-2", "one", 1000)))
                .contains("redis_replication_lag_seconds{cluster=\"jobs\",node=\"redis-2\"} 2\n")
                .contains("redis_replication_lag_bytes{cluster=\"jobs\",node=\"redis-2\"} 100\n");
    }

    @Test
    void aReplicaThatSentinelMustNotChooseIsNoMargin() {
        var never = replica("redis-2", "one", 1000, 0);
        assertThat(derive(1, master("redis-1", "one", 1000, 1), never))
                .contains("ha_quorum_margin{cluster=\"jobs\",component=\"redis\"} 0\n")
                .doesNotContain("ha_rpo_seconds");
    }

    @Test
    void sentinelsThatAreNotConfiguredCountAsTheOthersSeeThem() {
        var one = sentinel("sentinel-1", "a", peer("b", true), peer("c", true));
        assertThat(margins(Set.of("sentinel-1"), one))
                .contains("unit=\"failover\",name=\"set\"} 1\n")
                .contains("unit=\"odown\",name=\"set\"} 1\n");
        var lonely = sentinel("sentinel-1", "a", peer("b", false), peer("c", false));
        assertThat(margins(Set.of("sentinel-1"), lonely)).contains("unit=\"failover\",name=\"set\"} -1\n");
    }

    /** It never answered us, so it may be any of those that the others take for alive because they are late. */
    @Test
    void aConfiguredSentinelThatNeverAnsweredDoesNotCount() {
        var one = sentinel("sentinel-1", "a", peer("b", true), peer("c", true));
        assertThat(margins(Set.of("sentinel-1", "sentinel-2"), one)).contains("unit=\"failover\",name=\"set\"} 0\n");
    }

    @Test
    void aSentinelInTiltDoesNotVote() {
        var tilted = new SentinelState(
                "sentinel-1", "a", true, Map.of("set", watched("127.0.0.1:6379", List.of(peer("b", true)))));
        assertThat(margins(Set.of("sentinel-1"), tilted)).contains("unit=\"failover\",name=\"set\"} -2\n");
    }

    private String derive(long second, ServerState... states) {
        var servers = new TreeMap<String, ServerState>();
        for (var state : states) {
            servers.put(state.node(), at(second, state));
        }
        var out = samples();
        set.derive(servers, out);
        return out.toString();
    }

    private static String margins(Set<String> configured, SentinelState... sentinels) {
        var out = samples();
        var byNode = IntStream.range(0, sentinels.length)
                .boxed()
                .collect(Collectors.toMap(i -> sentinels[i].node(), i -> sentinels[i]));
        new SentinelView(configured).derive(byNode, Map.of(), out);
        return out.toString();
    }

    private static Samples samples() {
        return Samples.of(new Target("jobs", "redis", "", Map.of()));
    }

    private static Peer peer(String id, boolean reached) {
        return new Peer(id, reached);
    }

    private static SentinelState sentinel(String node, String id, Peer... others) {
        return new SentinelState(node, id, false, Map.of("set", watched("127.0.0.1:6379", List.of(others))));
    }

    private static Watched watched(String address, List<Peer> others) {
        return new Watched(address, "run", OptionalLong.of(2), OptionalLong.of(0), others);
    }

    private static ServerState master(String node, String stream, long offset, long changes) {
        return state(node, true, stream, "", -1, offset, changes, 0);
    }

    private static ServerState successor(String node, String stream, String former, long formerEnd, long offset) {
        return state(node, true, stream, former, formerEnd, offset, 0, 0);
    }

    private static ServerState replica(String node, String stream, long offset) {
        return replica(node, stream, offset, 100);
    }

    private static ServerState replica(String node, String stream, long offset, long priority) {
        return state(node, false, stream, "", -1, offset, 0, priority);
    }

    private static ServerState state(
            String node,
            boolean master,
            String stream,
            String former,
            long formerEnd,
            long offset,
            long changes,
            long priority) {
        return new ServerState(
                node,
                0,
                node + ":6379",
                "run of " + node,
                master,
                false,
                stream,
                former,
                formerEnd,
                OptionalLong.of(offset),
                changes,
                0,
                OptionalLong.empty(),
                !master,
                false,
                OptionalDouble.empty(),
                priority,
                Optional.empty());
    }

    /** As read at that second. */
    private static ServerState at(long second, ServerState state) {
        return new ServerState(
                state.node(),
                second * SECOND,
                state.address(),
                state.runId(),
                state.master(),
                state.loading(),
                state.stream(),
                state.formerStream(),
                state.formerEnd(),
                state.offset(),
                state.changes(),
                state.lastSave(),
                state.backlogBytes(),
                state.linkUp(),
                state.syncing(),
                state.silence(),
                state.priority(),
                state.cluster());
    }
}
