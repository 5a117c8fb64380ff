// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static io.highwater.core.Family.gauge;

import io.highwater.core.Family;
import java.util.List;

/** Locks, and who waits for them how long. */
final class Locks {

    private Locks() {}

    private static final String LOCK_COUNT = """
            SELECT db.datname, mode.mode, count(held.mode) AS pg_locks_count
              FROM pg_database db
             CROSS JOIN unnest(ARRAY['accesssharelock', 'rowsharelock', 'rowexclusivelock', 'shareupdateexclusivelock',
                                     'sharelock', 'sharerowexclusivelock', 'exclusivelock', 'accessexclusivelock',
                                     'sireadlock']) AS mode(mode)
              LEFT JOIN pg_locks held ON held.database = db.oid AND lower(held.mode) = mode.mode
             WHERE NOT db.datistemplate
             GROUP BY 1, 2
            """;

    private static final String LOCK_WAITERS = """
            SELECT coalesce(activity.datname, '') AS datname, count(*) AS pg_lock_waiters,
                   coalesce(max(extract(epoch FROM clock_timestamp() - %s)), 0) AS pg_lock_wait_max_seconds
              FROM pg_locks lock JOIN pg_stat_activity activity USING (pid)
             WHERE NOT lock.granted
             GROUP BY 1
            """;

    private static final Family[] WAITERS = {
        gauge("pg_lock_waiters", "Sessions that wait for a lock; absent for none.")
                .from("pg_locks where not granted")
                .by("datname"),
        gauge("pg_lock_wait_max_seconds", "How long the longest has waited for its lock; absent for none.")
                .from("pg_locks.waitstart; before version 14 the start of the waiting statement")
                .by("datname")
    };

    static final List<Query> QUERIES = List.of(
            Query.of(
                    LOCK_COUNT, Upstream.gauge("pg_locks_count", "Locks held or awaited, by mode.", "datname", "mode")),
            Query.of(LOCK_WAITERS.formatted("lock.waitstart"), WAITERS).since(14),
            Query.of(LOCK_WAITERS.formatted("activity.query_start"), WAITERS).before(14));
}
