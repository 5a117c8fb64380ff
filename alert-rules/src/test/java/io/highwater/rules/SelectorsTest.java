// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.rules.Selectors.Selector;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectorsTest {

    @Test
    void findsMetricsAndWhatTheyAreMatchedBy() {
        var found = Selectors.of("""
            max by (cluster, node) (rate(a_total{x="b{c}",y!~"d|e"}[5m] offset 1m)) > bool 1.5e3
            and on (cluster) min(slo:ratio:rate5m) unless (b or 0 * c{}) == inf""");

        assertThat(found.all())
                .containsExactly(
                        new Selector("a_total", Set.of("x", "y")),
                        new Selector("slo:ratio:rate5m", Set.of()),
                        new Selector("b", Set.of()),
                        new Selector("c", Set.of()));
        assertThat(found.labels()).containsExactlyInAnyOrder("cluster", "node");
    }

    @Test
    void takesFunctionsTextAndVariablesForNoMetrics() {
        var found = Selectors.of(
                "label_join(up{job=\"$job\"}, \"name\", \":\", \"a\", \"b\") * on (x) group_left (y) time() + vector(1) > $threshold");

        assertThat(found.metrics()).containsExactly("up");
        assertThat(found.labels()).containsExactlyInAnyOrder("x", "y");
    }
}
