// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Level;
import io.highwater.rules.Alerts;
import io.highwater.rules.Layer;
import io.highwater.rules.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Time to page, as computed: what the shipped intervals and delays allow at worst. */
class TimingTest {

    @Test
    void addsUpWhatLiesBetweenAFailureAndAPerson() {
        // three to be seen, two intervals of two, a delay of ten in steps of two, one until the page goes out, one on
        // the way
        assertThat(Timing.bound(PostgresDrills.NO_PRIMARY, Level.L3)).isEqualTo(Duration.ofSeconds(3 + 4 + 10 + 1 + 1));
    }

    /** Whoever is woken must have a part of the recovery time objective left. */
    @ParameterizedTest
    @EnumSource
    void anOutageOfAStoreIsPagedWithinTheRecoveryTimeObjective(Level level) {
        assertThat(stores().toList()).hasSizeGreaterThan(4);
        stores().forEach(drill ->
                assertThat(Timing.bound(drill, level)).as(drill.name()).isLessThan(level.rto()));
    }

    private static Stream<Drill<?>> stores() {
        return Proof.drills().stream()
                .filter(drill -> drill.pages().stream()
                        .anyMatch(alert -> Alerts.named(alert).layer() == Layer.STORE));
    }

    @Test
    void everyAlertThatPagesHasADrill() {
        var drilled = Proof.drills().stream().map(Drill::name).toList();
        assertThat(Alerts.all().stream()
                        .filter(alert -> alert.severity() == Severity.CRITICAL)
                        .map(alert -> alert.name())
                        .filter(name -> !drilled.contains(name) && !Report.NO_DRILL.containsKey(name)))
                .isEmpty();
    }

    @Test
    void thePageOfAlertsHasTheTimesAsTheyAre() throws IOException {
        assertThat(Path.of(System.getProperty("project.root"), "docs", "alerts.md"))
                .as("write it anew: drills/prove-alerts --bounds")
                .content()
                .contains(Bounds.markdown());
    }
}
