// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Reason;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import io.highwater.core.Target;
import io.highwater.exporters.minio.Health.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What follows from what servers said that real ones are hard to make say at chosen moments. */
class MinioViewTest {

    private static final long SECOND = 1_000_000_000L;
    private static final NodeHealth WRITABLE = new NodeHealth(Verdict.YES, Verdict.YES);
    private static final NodeHealth TOO_FEW = new NodeHealth(Verdict.NO, Verdict.YES);
    private static final NodeHealth STARTING = new NodeHealth(Verdict.UNKNOWN, Verdict.UNKNOWN);

    private final MinioView view = new MinioView(WatchedMinio.settings(
            Map.of("a", "http://127.0.0.1:1", "b", "http://127.0.0.1:2"),
            Optional.empty(),
            MinioSettings.Metrics.AUTO));

    private static Snapshot says(String node, String collector, Record fact) {
        return snapshot(node, collector, new Outcome.Collected(List.of()), Optional.of(fact));
    }

    private static Snapshot isDead(String node) {
        return snapshot(
                node, MinioExporter.PULSE, new Outcome.Failed(Reason.REFUSED, "nobody listens"), Optional.empty());
    }

    private static Snapshot snapshot(String node, String collector, Outcome outcome, Optional<Record> fact) {
        var target = new Target("files", MinioExporter.COMPONENT, node, Map.of());
        return new Snapshot(target, collector, Instant.now(), SECOND, SECOND, outcome, List.of(), fact, Map.of());
    }

    private static Snapshot finds(String node, NodeHealth health) {
        return says(node, MinioExporter.PULSE, health);
    }

    private String derive(long second, Snapshot... snapshots) {
        var out = samples();
        view.derive(List.of(snapshots), second * SECOND, out);
        return out.toString();
    }

    private static Samples samples() {
        return Samples.of(new Target("files", MinioExporter.COMPONENT, "", Map.of()));
    }

    @Test
    void aDeadServerThatWasAskedFirstIsNoOutageOfTheOthers() {
        assertThat(derive(1, isDead("a"))).doesNotContain("ha_outage_seconds");
        assertThat(derive(3, isDead("a"), finds("b", WRITABLE)))
                .contains("ha_unavailable_seconds_total{cluster=\"files\",component=\"minio\"} 0\n");
    }

    @Test
    void anOutageGoesOnWhenOneHasNothingNewToSay() {
        derive(1, isDead("a"), isDead("b"));
        assertThat(derive(4, isDead("a"))).contains("ha_outage_seconds{cluster=\"files\",component=\"minio\"} 3\n");
    }

    @Test
    void aServerThatIsStartingSaysNothingOfWrites() {
        assertThat(derive(1, finds("a", STARTING), isDead("b"))).doesNotContain("minio_cluster_writable");
    }

    @Test
    void nobodyCanBeSparedOfThoseThatCannotWriteAndNothingIsKnownOfThoseWhoDoNotSay() {
        var safe = says("a", MinioExporter.MAINTENANCE, new Maintenance(true, false));
        var series = "ha_node_maintenance_safe{cluster=\"files\",component=\"minio\",node=\"a\"} ";
        assertThat(derive(1, finds("a", WRITABLE), safe)).contains(series + "1\n");
        assertThat(derive(2, finds("a", TOO_FEW), safe)).contains(series + "0\n");
        assertThat(derive(3, finds("a", STARTING), safe)).doesNotContain(series);
    }

    @Test
    void whatTheScannerCountedIsWrittenOnceUntilThereIsMore() {
        var first = says("a", MinioExporter.USAGE, new UsageReport(1000, List.of()));
        var later = says("b", MinioExporter.USAGE, new UsageReport(2000, List.of()));
        assertThat(usage(first)).contains("minio_usage_updated_timestamp_seconds{cluster=\"files\"} 1\n");
        assertThat(usage(first)).as("it stands").isEmpty();
        assertThat(usage(first, later)).contains("minio_usage_updated_timestamp_seconds{cluster=\"files\"} 2\n");
    }

    private String usage(Snapshot... snapshots) {
        var out = samples();
        view.more().values().forEach(part -> part.derive(List.of(snapshots), SECOND, out));
        return out.toString();
    }
}
