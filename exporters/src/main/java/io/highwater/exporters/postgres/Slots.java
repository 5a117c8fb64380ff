// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static io.highwater.core.Family.gauge;

import java.util.List;

/** Replication slots: who holds log back, and how long that can go on. */
final class Slots {

    private Slots() {}

    private static final String[] SLOT = {"slot_name", "slot_type", "database"};

    static final List<Query> QUERIES = List.of(
            Query.of(
                    """
                    SELECT slot_name, slot_type, database,
                           active::int AS pg_replication_slots_active,
                           CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END
                               - restart_lsn AS pg_replication_slots_pg_wal_lsn_diff,
                           safe_wal_size AS pg_replication_slots_safe_wal_size_bytes,
                           coalesce(wal_status IN ('unreserved', 'lost'), false)::int AS pg_replication_slots_at_risk
                      FROM pg_replication_slots
                    """,
                    Upstream.gauge("pg_replication_slots_active", "Whether somebody reads the slot.", SLOT),
                    Upstream.gauge(
                            "pg_replication_slots_pg_wal_lsn_diff", "Bytes of log that the slot holds back.", SLOT),
                    Upstream.gauge(
                            "pg_replication_slots_safe_wal_size_bytes",
                            "Bytes that may be written before the slot loses log; absent without a limit.",
                            SLOT),
                    gauge("pg_replication_slots_at_risk", "Whether log that the slot needs is going or gone.")
                            .from("pg_replication_slots.wal_status in (unreserved, lost)")
                            .by(SLOT)),
            Query.of(
                            """
                            SELECT slot_name, slot_type, database,
                                   extract(epoch FROM now() - inactive_since) AS pg_replication_slots_inactive_seconds,
                                   (invalidation_reason IS NOT NULL)::int AS pg_replication_slots_invalidated
                              FROM pg_replication_slots
                            """,
                            gauge("pg_replication_slots_inactive_seconds", "How long nobody has read the slot.")
                                    .from("now() - pg_replication_slots.inactive_since, from version 17 on")
                                    .by(SLOT),
                            gauge("pg_replication_slots_invalidated", "Whether the slot can never be read again.")
                                    .from("pg_replication_slots.invalidation_reason, from version 17 on")
                                    .by(SLOT))
                    .since(17));
}
