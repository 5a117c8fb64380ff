// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static io.highwater.exporters.outbox.WatchedTables.await;
import static io.highwater.exporters.outbox.WatchedTables.outbox;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.Watched;
import io.highwater.exporters.Witness;
import io.highwater.lab.Outbox;
import io.highwater.lab.OutboxWorker;
import io.highwater.lab.PostgresCluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is believed while a primary dies, a standby takes over, or two think that they are primary. */
class FailoverTest {

    private static Watched watch(PostgresCluster cluster) {
        return WatchedTables.watch(
                WatchedTables.settings(cluster.nodes(), Map.of("events", outbox("events")), Map.of()));
    }

    private static Outbox create(PostgresCluster cluster) {
        WatchedTables.createRole(cluster.primary());
        var outbox = Outbox.create(cluster.primary(), "events").withIndex();
        WatchedTables.grant(cluster.primary(), "events");
        return outbox;
    }

    @Test
    void aFailoverIsNoReasonToLie() {
        try (var cluster = PostgresCluster.of(18).start();
                var outbox = create(cluster);
                var watched = watch(cluster);
                var witness = Witness.of(watched)) {
            outbox.write("team-1", 30);
            await().until(() -> watched.is(30, "outbox_pending_events"));
            cluster.awaitReplayed(cluster.standby());
            // From now on all servers have them, and nobody works.
            witness.between(30, 30, "outbox_pending_events")
                    .between(30, 62, "outbox_events_enqueued_total")
                    .between(0, 0, "outbox_dead_events")
                    .between(0, 60, "outbox_oldest_pending_age_seconds");
            await().until(() ->
                    watched.is(1, "outbox_up", "node", cluster.standby().name()));

            var next = cluster.standby();
            cluster.primary().kill();
            await().until(() -> watched.value("outbox_pending_events").isEmpty());
            cluster.promote(next);
            outbox.target(next);
            await().until(() -> watched.value("outbox_pending_events").isPresent());
            witness.assertHonest();
        }
    }

    @Test
    void whatTwoPrimariesSayIsNotBelieved() {
        try (var cluster = PostgresCluster.of(15).start();
                var outbox = create(cluster);
                var watched = watch(cluster)) {
            outbox.write("team-1", 3);
            await().until(() -> watched.is(3, "outbox_pending_events"));
            cluster.awaitReplayed(cluster.standby());
            var old = cluster.primary();
            cluster.promote(cluster.standby());
            await().until(() -> watched.value("outbox_pending_events").isEmpty());
            assertThat(watched.lines("outbox_read_success")).isEmpty();
            assertThat(watched.lines("outbox_up")).hasSize(2);

            old.kill();
            outbox.target(cluster.primary());
            await().until(() -> watched.is(3, "outbox_pending_events"));
            try (var _ = OutboxWorker.start(outbox)) {
                await().until(() -> watched.is(0, "outbox_pending_events"));
            }
        }
    }

    @Test
    void aReplicaIsReadWhenItIsTheOnlyOneThatIsConfigured() {
        try (var cluster = PostgresCluster.of(13).start();
                var outbox = create(cluster)) {
            cluster.awaitReplayed(cluster.standby());
            var settings =
                    WatchedTables.settings(List.of(cluster.standby()), Map.of("events", outbox("events")), Map.of());
            try (var watched = WatchedTables.watch(settings)) {
                outbox.write("team-1", 3);
                await().until(() -> watched.is(3, "outbox_pending_events"));
                // A replica's sequence is ahead, its statistics are its own, and nobody can lock rows there.
                assertThat(watched.value("outbox_events_enqueued_total")).isEmpty();
                assertThat(watched.value("outbox_events_processed_total")).isEmpty();
                assertThat(watched.value("outbox_workers")).isEmpty();
            }
        }
    }
}
