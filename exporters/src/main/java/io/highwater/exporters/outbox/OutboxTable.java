// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.exporters.client.postgres.Predicate;
import io.highwater.exporters.client.postgres.TableLimits;
import io.highwater.exporters.client.postgres.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One table of work: what its columns mean.
 *
 * @param pending what is not done yet, where neither a timestamp nor a boolean says it
 */
public record OutboxTable(
        @Doc("schema.table, as the catalog has it") String table,

        @Doc("when the row was written: timestamptz, or timestamp in timeZone") @Default("created_at")
        String createdAt,

        @Doc("when the row was processed; null while it is pending")
        Optional<String> processedAt,

        @Doc("whether the row was processed") Optional<String> processed,

        @Doc(
                "the condition, in SQL, of rows not done yet, those in work too; all are, without it and processed, processedAt")
        Optional<String> pending,

        @Doc("how often the row was tried") Optional<String> attempts,

        @Doc("when the row may be tried at the earliest; until then it is scheduled, and not pending")
        Optional<String> notBefore,

        @Doc("what rows are processed in order or together by, such as a tenant")
        Optional<String> partitionKey,

        @Doc("the condition, in SQL, of unprocessed rows that nobody will try again")
        Optional<String> dead,

        @Doc("the table to which such rows are moved, schema.table")
        Optional<String> deadLetterTable,

        @Doc("the time zone of timestamp columns that have none") @Default("UTC")
        String timeZone,

        @Doc("how far rows are counted") @Default("10000") int cap,

        @Doc("how many partition keys have series of their own, by pending rows") @Default("10")
        int topKeys,

        @Doc(
                "the channel on which the application notifies of rows that it writes: the first after a silence is collected at once")
        Optional<String> wake) {

    public OutboxTable {
        TableName.parse("table", table);
        TableName.check("createdAt", createdAt);
        processedAt.ifPresent(column -> TableName.check("processedAt", column));
        processed.ifPresent(column -> TableName.check("processed", column));
        pending.ifPresent(sql -> Predicate.check("pending", sql));
        if (Stream.of(processedAt, processed, pending)
                        .filter(Optional::isPresent)
                        .count()
                > 1) {
            throw new IllegalArgumentException("write one of processedAt, processed and pending");
        }
        attempts.ifPresent(column -> TableName.check("attempts", column));
        notBefore.ifPresent(column -> TableName.check("notBefore", column));
        partitionKey.ifPresent(column -> TableName.check("partitionKey", column));
        dead.ifPresent(sql -> Predicate.check("dead", sql));
        deadLetterTable.ifPresent(other -> TableName.parse("deadLetterTable", other));
        if (dead.isPresent() && deadLetterTable.isPresent()) {
            throw new IllegalArgumentException("write one of dead and deadLetterTable");
        }
        TableLimits.checkTimeZone(timeZone);
        TableLimits.checkCap(cap);
        wake.ifPresent(channel -> TableName.check("wake", channel));
        if (topKeys < 0 || topKeys > 1000) {
            throw new IllegalArgumentException("topKeys: write 0 to 1000");
        }
    }

    TableName name() {
        return TableName.parse("table", table);
    }

    /** Whether rows that were processed are gone: then all that are there wait. */
    boolean deletes() {
        return processedAt.isEmpty() && processed.isEmpty() && pending.isEmpty();
    }

    /** What makes a row one that was not processed, as SQL. */
    String unprocessed() {
        return processedAt
                .map(column -> TableName.quoted(column) + " IS NULL")
                .or(() -> processed.map(column -> "NOT " + TableName.quoted(column)))
                .or(() -> pending.map(sql -> "(" + sql + ")"))
                .orElse("true");
    }

    /** Columns that are a time, by the key that names them. */
    Map<String, String> times() {
        var times = new TreeMap<String, String>();
        times.put("createdAt", createdAt);
        notBefore.ifPresent(column -> times.put("notBefore", column));
        return times;
    }

    /** Columns that are read; those in conditions of the operator's are not among them. */
    List<String> columns() {
        var columns = new ArrayList<>(List.of(createdAt));
        Stream.of(processedAt, processed, attempts, notBefore, partitionKey)
                .flatMap(Optional::stream)
                .forEach(columns::add);
        return columns;
    }
}
