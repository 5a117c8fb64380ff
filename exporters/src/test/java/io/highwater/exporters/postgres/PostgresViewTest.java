// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import io.highwater.core.Target;
import io.highwater.exporters.client.postgres.PostgresNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What follows from what the nodes say, second by second. */
class PostgresViewTest {

    private static final long SECOND = 1_000_000_000L;

    private final PostgresView view = new PostgresView(settings("a", "b", "c"));

    @Test
    void saysThatItDoesNotServeAndNothingElseWhenNobodyAnswers() {
        assertThat(derive(view).lines()).allMatch(line -> line.matches("ha_(observed|unavailable|outage)_seconds.*"));
        assertThat(derive(view)).contains("ha_outage_seconds{cluster=\"orders-db\",component=\"postgres\"} ");
    }

    @Test
    void anOutageBeginsWithTheLastPrimaryThatWasSeenAndEndsWithTheNext() {
        derive(view, primary("a", 1, 1000), standby("b", 1, 1000));
        assertThat(derive(view, standby("b", 2, 1000)))
                .contains("ha_outage_seconds{cluster=\"orders-db\",component=\"postgres\"} 0");
        assertThat(derive(view, standby("b", 5, 1000)))
                .contains("ha_outage_seconds{cluster=\"orders-db\",component=\"postgres\"} 3");
        assertThat(derive(view, primary("b", 6, 1000)))
                .contains("ha_outage_seconds{cluster=\"orders-db\",component=\"postgres\"} 0")
                .contains("ha_unavailable_seconds_total{cluster=\"orders-db\",component=\"postgres\"} 4");
    }

    @Test
    void lagIsTheAgeOfTheNewestPositionThatWasReplayed() {
        for (int second = 1; second <= 10; second++) {
            derive(view, primary("a", second, second * 1000L), standby("b", second, 5000));
        }
        assertThat(derive(view, primary("a", 10, 10_000), standby("b", 10.5, 5000)))
                .contains("pg_replication_lag_seconds{cluster=\"orders-db\",node=\"b\"} 5.5")
                .contains("pg_replication_lag_bytes{cluster=\"orders-db\",node=\"b\",stage=\"replay\"} 5000")
                .contains("ha_rpo_seconds{cluster=\"orders-db\",component=\"postgres\"} 5.5");
    }

    @Test
    void theBestReplicaCountsForWhatWouldBeLost() {
        for (int second = 1; second <= 10; second++) {
            derive(view, primary("a", second, second * 1000L));
        }
        assertThat(derive(view, primary("a", 10, 10_000), standby("b", 10, 2000), standby("c", 10, 9000)))
                .contains("ha_rpo_seconds{cluster=\"orders-db\",component=\"postgres\"} 1\n")
                .contains("ha_rpo_bytes{cluster=\"orders-db\",component=\"postgres\"} 1000\n")
                .contains("ha_quorum_margin{cluster=\"orders-db\",component=\"postgres\"} 2");
    }

    @Test
    void aStandbyOfAnotherTimelineHasNoLagAndCannotTakeOver() {
        var page = derive(
                view, primary("a", 1, 1000).timeline(3), standby("b", 1, 900).timeline(2));
        assertThat(page)
                .doesNotContain("pg_replication_lag_seconds")
                .doesNotContain("ha_rpo_")
                .contains("ha_replica_promotable{cluster=\"orders-db\",component=\"postgres\",node=\"b\"} 0")
                .contains("node=\"b\",state=\"other_timeline\"} 1")
                .contains("check=\"replicas_follow_primary\"} 1");
    }

    @Test
    void aCutStandbyKeepsTheTimelineThatItReceivedLast() {
        derive(view, primary("a", 1, 1000), standby("b", 1, 1000));
        var page = derive(view, primary("a", 2, 2000), standby("b", 2.5, 1000).cut());
        assertThat(page).contains("pg_replication_lag_seconds{cluster=\"orders-db\",node=\"b\"} 1.5");
    }

    @Test
    void whatIsOfAnotherSystemIsNoCopy() {
        var page = derive(view, primary("a", 1, 1000), standby("b", 1, 1000).system("another"));
        assertThat(page)
                .contains("check=\"one_system_identifier\"} 1")
                .contains("ha_replica_promotable{cluster=\"orders-db\",component=\"postgres\",node=\"b\"} 0")
                .doesNotContain("pg_replication_lag_seconds");
    }

    @Test
    void thePositionsOfANewPrimaryAreAnotherHistory() {
        derive(view, primary("a", 1, 1000), standby("b", 1, 1000));
        derive(view, primary("a", 2, 2000), standby("b", 2, 1000));
        var page = derive(
                view, primary("b", 3, 1500).timeline(2), standby("c", 4, 1200).timeline(2));
        assertThat(page)
                .contains("ha_role_changes_total{cluster=\"orders-db\",component=\"postgres\"} 1")
                // Behind all that was seen of the new primary: known only as far as the standby's own clock says.
                .contains("pg_replication_lag_seconds{cluster=\"orders-db\",node=\"c\"} 7")
                .contains("node=\"c\",method=\"node\"} 1");
    }

    @Test
    void afterThePrimaryDiedItsLastPositionSaysWhatIsMissing() {
        for (int second = 1; second <= 10; second++) {
            derive(view, primary("a", second, second * 1000L), standby("b", second, 8000));
        }
        var page = derive(view, standby("b", 60, 8000).cut());
        assertThat(page)
                .contains("ha_failover_loss_seconds{cluster=\"orders-db\",component=\"postgres\"} 2\n")
                .contains("ha_failover_loss_bytes{cluster=\"orders-db\",component=\"postgres\"} 2000\n")
                .contains("ha_quorum_margin{cluster=\"orders-db\",component=\"postgres\"} -1")
                .doesNotContain("ha_rpo_")
                .doesNotContain("pg_replication_lag_seconds");
    }

    @Test
    void aStandbyWithoutAConnectionThatMovesReadsAnArchive() {
        derive(view, primary("a", 1, 1000), standby("b", 1, 100).cut());
        assertThat(derive(view, primary("a", 2, 1000), standby("b", 2, 500).cut()))
                .contains("node=\"b\",state=\"archive\"} 1");
        assertThat(derive(view, primary("a", 90, 1000), standby("b", 90, 500).cut()))
                .contains("node=\"b\",state=\"disconnected\"} 1");
    }

    // ---- what nodes say

    private record Says(NodeState state) {
        Says timeline(int timeline) {
            return with(OptionalInt.of(timeline), state.systemIdentifier(), state.streaming());
        }

        Says system(String identifier) {
            return with(state.timeline(), identifier, state.streaming());
        }

        Says cut() {
            return with(OptionalInt.empty(), state.systemIdentifier(), false);
        }

        private Says with(OptionalInt timeline, String system, boolean streaming) {
            return new Says(new NodeState(
                    state.node(),
                    state.readNanos(),
                    state.inRecovery(),
                    system,
                    timeline,
                    state.checkpointTimeline(),
                    state.flushed(),
                    state.received(),
                    state.replayed(),
                    streaming,
                    state.messageAge(),
                    state.lastReplayAge(),
                    state.commitsWait()));
        }
    }

    private static Says primary(String node, double second, long flushed) {
        return new Says(new NodeState(
                node,
                (long) (second * SECOND),
                false,
                "one",
                OptionalInt.of(1),
                1,
                OptionalLong.of(flushed),
                OptionalLong.empty(),
                OptionalLong.empty(),
                false,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                false));
    }

    private static Says standby(String node, double second, long replayed) {
        return new Says(new NodeState(
                node,
                (long) (second * SECOND),
                true,
                "one",
                OptionalInt.of(1),
                1,
                OptionalLong.empty(),
                OptionalLong.of(replayed),
                OptionalLong.of(replayed),
                true,
                OptionalDouble.of(0),
                OptionalDouble.of(7),
                false));
    }

    private static String derive(PostgresView view, Says... nodes) {
        var snapshots = Stream.of(nodes)
                .map(says -> new Snapshot(
                        new Target("orders-db", "postgres", says.state.node(), Map.of()),
                        "replication",
                        Instant.EPOCH,
                        says.state.readNanos(),
                        says.state.readNanos(),
                        new Outcome.Collected(List.of()),
                        List.of(),
                        Optional.of(says.state),
                        Map.of()))
                .toList();
        var out = Samples.of(new Target("orders-db", "postgres", "", Map.of()));
        long now =
                Stream.of(nodes).mapToLong(says -> says.state.readNanos()).max().orElse(0);
        view.derive(snapshots, now, out);
        return out.toString();
    }

    private static PostgresSettings settings(String... names) {
        var nodes = new LinkedHashMap<String, PostgresNode>();
        for (var name : names) {
            nodes.put(name, WatchedCluster.physical(name + ":5432"));
        }
        return WatchedCluster.settings(nodes);
    }
}
