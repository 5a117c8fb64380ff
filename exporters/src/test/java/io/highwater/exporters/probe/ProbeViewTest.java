// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Reason;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import io.highwater.core.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What attempts that ended, and some that were cut, say of the cluster. */
class ProbeViewTest {

    private static final ProbeSettings SETTINGS = new ProbeSettings(Map.of(
            "one", plan(new HttpWish("http://pay.example/").settings()),
            "two", plan(new HttpWish("http://pay.example/").settings()),
            "file",
                    plan(new FileProbeSettings(
                            Path.of("/key"),
                            FileProbeSettings.Content.ANY,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Duration.ZERO))));

    private static ProbePlan plan(ProberSettings settings) {
        return Plans.of(settings, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    private static Snapshot snapshot(String node, Outcome outcome, Optional<Record> fact) {
        var target = new Target("shop", "probe", node, Map.of());
        return new Snapshot(target, "probe", Instant.now(), 0, 0, outcome, List.of(), fact, Map.of());
    }

    private static Snapshot good(String node) {
        return snapshot(node, new Outcome.Collected(List.of()), Optional.of(new ProbeState(true, true)));
    }

    private static Snapshot cut(String node) {
        return snapshot(node, new Outcome.Failed(Reason.TIMEOUT, "cut"), Optional.empty());
    }

    private static String derived(Snapshot... snapshots) {
        var view = new ProbeView(SETTINGS);
        var target = new Target("shop", "probe", "", Map.of());
        view.derive(List.of(good("one"), good("two")), 0, Samples.of(target));
        view.derive(List.of(snapshots), 1_000_000_000L, Samples.of(target));
        var out = Samples.of(target);
        view.derive(List.of(snapshots), 3_000_000_000L, out);
        return out.toString();
    }

    @Test
    void anAttemptThatWasCutDidNotSucceed() {
        assertThat(derived(good("one"), good("two"))).containsPattern("ha_outage_seconds\\{[^}]*} 0\n");
        assertThat(derived(good("one"), cut("two"))).containsPattern("ha_outage_seconds\\{[^}]*} [1-9]");
        assertThat(derived(good("one"), cut("file"))).containsPattern("ha_outage_seconds\\{[^}]*} 0\n");
    }
}
