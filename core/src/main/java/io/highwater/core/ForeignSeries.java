// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Series under names that are not ours, as a collection read them: the {@link Snapshot#fact} of exporters that ask a
 * Prometheus or another program's metrics page. Signals are made of them; the agent does not expose them again.
 *
 * @param series each name with its labels once
 * @param failed names of which nothing is known now, so that a name without a series is none of these
 */
public record ForeignSeries(List<Series> series, Set<String> failed) {

    /**
     * One of them.
     *
     * @param name of the query, or of the metric
     * @param labels as read, without the name
     * @param value finite or infinite; what is not a number is left out
     */
    public record Series(String name, Map<String, String> labels, double value) {
        public Series {
            labels = Map.copyOf(labels);
        }
    }

    public ForeignSeries {
        series = List.copyOf(series);
        failed = Set.copyOf(failed);
    }
}
