// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.exporters.client.postgres.TableLimits;
import io.highwater.exporters.client.postgres.TableName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One table of rows that are claimed and go through states, such as payouts. */
public record ClaimTable(
        @Doc("schema.table, as the catalog has it") String table,

        @Doc("the column with the state") @Default("state") String state,

        @Doc("when the row came to its state: timestamptz, or timestamp in timeZone") @Default("updated_at")
        String since,

        @Doc("the states in which a row may not stay, as the column has them; others are final and not counted")
        Map<String, ClaimState> states,

        @Doc("the time zone of timestamp columns that have none") @Default("UTC")
        String timeZone,

        @Doc("how far rows are counted, in each state") @Default("10000")
        int cap,

        @Doc(
                "the channel on which the application notifies of rows that it writes: the first after a silence is collected at once")
        Optional<String> wake) {

    /**
     * One state.
     *
     * @param limit how long a row may be in it
     */
    public record ClaimState(
            @Doc("a row is stuck that is longer than this in the state")
            Optional<Duration> limit) {
        public ClaimState {
            if (limit.filter(of -> of.isNegative() || of.isZero()).isPresent()) {
                throw new IllegalArgumentException("limit: write more than 0");
            }
        }
    }

    public ClaimTable {
        TableName.parse("table", table);
        TableName.check("state", state);
        TableName.check("since", since);
        if (states.isEmpty()) {
            throw new IllegalArgumentException("states: name at least one that is not final");
        }
        for (var name : states.keySet()) {
            if (name.isEmpty() || name.contains("\\") || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("states: a state is a word without \\");
            }
        }
        TableLimits.checkTimeZone(timeZone);
        TableLimits.checkCap(cap);
        wake.ifPresent(channel -> TableName.check("wake", channel));
    }

    TableName name() {
        return TableName.parse("table", table);
    }
}
