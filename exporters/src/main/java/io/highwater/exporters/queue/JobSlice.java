// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

/**
 * The jobs of one state in a table, or a part of them: what is asked of it, in SQL. Its columns are those of the table,
 * which is {@code j}; {@value #SCHEMA} is the schema that it is in.
 *
 * @param state as the series have it
 * @param table its name in the schema
 * @param queue what tells the queue of a job; an empty text when there is one alone
 * @param since the time that says since when, or until when, a job is in this state; a column without a zone is one of the
 *     session's
 * @param where which rows they are
 * @param order the column by which the first are looked at when there are more than the cap; none when it is empty
 * @param unless a boolean column that some versions have, of rows that are not among them; none when it is empty
 */
record JobSlice(
        Kind kind, String state, String table, String queue, String since, String where, String order, String unless) {

    static final String SCHEMA = "{schema}";

    /** What a state means. */
    enum Kind {
        /** Could be started. */
        WAITING,
        /** Will be when its time has come, of itself. */
        DELAYED,
        /** Will be when its time has come and somebody puts it among those that wait. */
        PROMOTED,
        ACTIVE,
        FAILED,
        /** None of these: it is counted. */
        OTHER,
        /** No jobs, but workers of all queues, and when each gave its last sign of life. */
        WORKERS
    }

    static JobSlice of(Kind kind, String state, String table, String queue, String since, String where) {
        return new JobSlice(kind, state, table, queue, since, where, "", "");
    }

    /** Workers that gave a sign of life after what {@code where} says. */
    static JobSlice workers(String table, String since, String where) {
        return of(Kind.WORKERS, "workers", table, "'" + QueuesSettings.TOGETHER + "'", since, where);
    }

    JobSlice unless(String column) {
        return new JobSlice(kind, state, table, queue, since, where, order, column);
    }

    JobSlice by(String column) {
        return new JobSlice(kind, state, table, queue, since, where, column, unless);
    }
}
