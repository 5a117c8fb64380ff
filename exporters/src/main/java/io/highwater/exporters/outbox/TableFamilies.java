// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.core.Family;
import io.highwater.core.Samples;
import io.highwater.exporters.client.postgres.TableReading;
import java.util.List;

/**
 * What there is to say of the reading of a table, whatever its kind.
 *
 * @param success whether the last reading succeeded
 * @param read when what is shown was read
 * @param duration how long that took
 * @param usesIndex whether indexes serve it
 */
record TableFamilies(Family success, Family read, Family duration, Family usesIndex) {

    /** @param label of the kind, with which its names begin, too */
    static TableFamilies of(String label) {
        return new TableFamilies(
                Family.gauge(label + "_read_success", "Whether the table could be read; the landing page says why not.")
                        .from("outcome of the last reading")
                        .by(label),
                Family.gauge(
                                label + "_read_timestamp_seconds",
                                "When the table was read, by the server's clock; a table without an index is read seldom.")
                        .from("now()")
                        .by(label),
                Family.gauge(label + "_read_duration_seconds", "How long the reading took.")
                        .from("the agent's clock")
                        .by(label),
                Family.gauge(
                                label + "_query_uses_index",
                                "0 when the table is large and is read from beginning to end for want of an index.")
                        .from("EXPLAIN of the statement that reads the table")
                        .by(label));
    }

    List<Family> all() {
        return List.of(success, read, duration, usesIndex);
    }

    void add(String name, TableReading<WorkTable, Numbers> reading, Samples out) {
        out.add(success, reading.numbers().isPresent(), name);
        reading.wholeTable().ifPresent(whole -> out.add(usesIndex, whole.isEmpty(), name));
        reading.numbers().ifPresent(numbers -> {
            out.add(read, numbers.at(), name);
            out.add(duration, reading.seconds(), name);
        });
    }
}
