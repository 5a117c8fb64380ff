// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import java.util.List;

/** How a panel shows its numbers, with what only that way has. */
public sealed interface View {

    /** Grafana's name of the kind of panel. */
    String type();

    /** The newest values, large. */
    record Stat() implements View {

        @Override
        public String type() {
            return "stat";
        }
    }

    /** Values over time as lines. */
    record Timeseries(boolean stacked) implements View {

        @Override
        public String type() {
            return "timeseries";
        }
    }

    /** States over time as bars. */
    record StateTimeline() implements View {

        @Override
        public String type() {
            return "state-timeline";
        }
    }

    /** The newest values: a row for each set of labels, a column for each label and query. */
    record Table(List<Column> columns) implements View {

        public Table {
            columns = List.copyOf(columns);
        }

        @Override
        public String type() {
            return "table";
        }
    }

    /** Whether only the values of this moment are asked for. */
    default boolean isInstant() {
        return this instanceof Stat || this instanceof Table;
    }
}
