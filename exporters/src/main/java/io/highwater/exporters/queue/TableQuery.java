// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

/** What is asked of BullMQ 6's tables in Postgres, for all queues at once; {@code %s} is their schema, quoted. */
enum TableQuery {
    /** Every queue; an index tells the names, however many jobs there are. */
    NAMES("""
            WITH RECURSIVE named(queue) AS (
                (SELECT queue FROM %1$s.job ORDER BY queue LIMIT 1)
                UNION ALL
                SELECT (SELECT j.queue FROM %1$s.job j WHERE j.queue > named.queue ORDER BY j.queue LIMIT 1)
                  FROM named WHERE named.queue IS NOT NULL)
            SELECT queue FROM named WHERE queue IS NOT NULL UNION SELECT queue FROM %1$s.meta ORDER BY queue
            """),

    /** One row for each queue; each number is a part of one of BullMQ's own partial indexes. */
    STATES("""
            SELECT q.queue,
                   (SELECT count(*) FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'waiting' AND j.priority = 0)
                       AS waiting,
                   (SELECT count(*) FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'waiting' AND j.priority > 0)
                       AS prioritized,
                   (SELECT count(*) FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'active') AS active,
                   (SELECT count(*) FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'delayed') AS delayed,
                   (SELECT count(*) FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'waiting-children') AS children,
                   (SELECT count(*) FROM (SELECT 1 FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'completed'
                     LIMIT 100001) few) AS completed,
                   (SELECT count(*) FROM (SELECT 1 FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'failed'
                     LIMIT 100001) few) AS failed,
                   (SELECT min(process_at_ms) FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'delayed') AS due,
                   (SELECT count(*) FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'delayed'
                     AND process_at_ms < n.now_ms) AS overdue,
                   (SELECT min(processed_at_ms) FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'active') AS started,
                   (SELECT count(*) FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'active'
                     AND locked_until_ms < n.now_ms) AS unlocked,
                   (SELECT min(finished_at_ms) FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'failed')
                       AS oldest_failed,
                   greatest((SELECT max(finished_at_ms) FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'failed'),
                            (SELECT max(finished_at_ms) FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'completed'),
                            (SELECT max(processed_at_ms) FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'active'),
                            (SELECT value::bigint FROM %1$s.meta m WHERE m.queue = q.queue AND field = 'stalled-check'))
                       AS last_sign,
                   coalesce((SELECT value = '1' FROM %1$s.meta m WHERE m.queue = q.queue AND field = 'paused'), false)
                       AS paused,
                   (SELECT value::bigint FROM %1$s.meta m WHERE m.queue = q.queue AND field = 'concurrency') AS concurrency,
                   (SELECT value::bigint FROM %1$s.meta m WHERE m.queue = q.queue AND field = 'max') AS max,
                   (SELECT value FROM %1$s.meta m WHERE m.queue = q.queue AND field = 'version') AS version,
                   (SELECT points FROM %1$s.rate_limit r WHERE r.queue = q.queue AND r.expire_at_ms > n.now_ms) AS points,
                   (SELECT expire_at_ms FROM %1$s.rate_limit r WHERE r.queue = q.queue AND r.expire_at_ms > n.now_ms)
                       AS window_end,
                   (SELECT count(*) FROM pg_stat_activity a
                     WHERE a.application_name = left(q.queue, 63) OR starts_with(a.application_name, q.queue || ':w:'))
                       AS workers,
                   n.now_ms
              FROM unnest(?::text[]) AS q(queue), LATERAL
                   (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms) n
            """),

    /** Jobs that wait: of each queue the first ones in their order, and the first of the last priority. */
    WAITING("""
            SELECT q.queue, w.*, extract(epoch FROM clock_timestamp()) * 1000 AS now_ms
              FROM unnest(?::text[]) AS q(queue), LATERAL (
                   (SELECT id, greatest(added_at_ms, process_at_ms) AS due, processed_at_ms, attempts_started
                      FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'waiting' ORDER BY priority, seq LIMIT ?)
                   UNION
                   (SELECT id, greatest(added_at_ms, process_at_ms), processed_at_ms, attempts_started
                      FROM %1$s.job j WHERE j.queue = q.queue AND j.state = 'waiting' AND j.priority =
                           (SELECT max(priority) FROM %1$s.job l WHERE l.queue = q.queue AND l.state = 'waiting')
                     ORDER BY seq LIMIT 5)) w
            """),

    /** Events that came after those that were read, and how far back they are kept. */
    EVENTS("""
            SELECT q.queue, e.id, e.event, e.data ->> 'jobId' AS job, e.created_at_ms,
                   (SELECT min(k.id) FROM %1$s.event k WHERE k.queue = q.queue) AS first_id
              FROM unnest(?::text[], ?::bigint[]) AS q(queue, cursor), LATERAL
                   (SELECT * FROM %1$s.event e WHERE e.queue = q.queue AND e.id > q.cursor ORDER BY e.id LIMIT 10000) e
             ORDER BY q.queue, e.id
            """),

    /** Where the events of each queue end now. */
    LAST_EVENTS("""
            SELECT q.queue, coalesce((SELECT max(e.id) FROM %1$s.event e WHERE e.queue = q.queue), 0) AS last_id
              FROM unnest(?::text[]) AS q(queue)
            """);

    private final String text;

    TableQuery(String text) {
        this.text = text;
    }

    String in(String schema) {
        return text.replace("%1$s", '"' + schema.replace("\"", "\"\"") + '"');
    }
}
