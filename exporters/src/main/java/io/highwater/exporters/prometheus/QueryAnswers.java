// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import io.highwater.core.ForeignSeries.Series;
import java.util.List;
import java.util.Map;

/** What one server answered in one collection, by query; a query that failed is not in it. */
record QueryAnswers(Map<String, Answer> byQuery) {

    /** @param askedNanos when the server was asked, on the {@link System#nanoTime} scale */
    record Answer(List<Series> series, long askedNanos) {
        Answer {
            series = List.copyOf(series);
        }

        /**
         * One with series is better than an empty one: a server that was just started, or sees no target, knows nothing
         * of what the other knows. Of two such, the newer is.
         */
        static Answer better(Answer one, Answer other) {
            if (one.series.isEmpty() != other.series.isEmpty()) {
                return one.series.isEmpty() ? other : one;
            }
            return one.askedNanos - other.askedNanos >= 0 ? one : other;
        }
    }

    QueryAnswers {
        byQuery = Map.copyOf(byQuery);
    }
}
