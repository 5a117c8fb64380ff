// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static io.highwater.core.Family.gauge;

import java.util.List;

/** Connections, transactions, and what keeps vacuum from its work. */
final class Activity {

    private Activity() {}

    static final List<Query> QUERIES = List.of(
            Query.of(
                    """
                    SELECT coalesce(datname, '') AS datname, coalesce(state, 'unknown') AS state,
                           count(*) AS pg_stat_activity_count,
                           coalesce(max(extract(epoch FROM now() - xact_start)), 0) AS pg_stat_activity_max_tx_duration
                      FROM pg_stat_activity
                     WHERE backend_type = 'client backend'
                     GROUP BY 1, 2
                    """,
                    Upstream.gauge("pg_stat_activity_count", "Connections of clients.", "datname", "state"),
                    Upstream.gauge(
                            "pg_stat_activity_max_tx_duration",
                            "Age of the oldest transaction, in seconds.",
                            "datname",
                            "state")),
            Query.of(
                    """
                    SELECT used.connections AS pg_connections_used,
                           slots.usable AS pg_connections_usable,
                           used.connections / nullif(slots.usable, 0)::float8 AS pg_connections_used_ratio
                      FROM (SELECT count(*) AS connections
                              FROM pg_stat_activity WHERE backend_type = 'client backend') used,
                           (SELECT max(CASE name WHEN 'max_connections' THEN setting::int END)
                                   - sum(CASE name WHEN 'max_connections' THEN 0 ELSE setting::int END) AS usable
                              FROM pg_settings
                             WHERE name IN ('max_connections', 'superuser_reserved_connections',
                                            'reserved_connections')) slots
                    """,
                    gauge("pg_connections_used", "Connections of clients, reserved ones with them.")
                            .from("pg_stat_activity"),
                    gauge("pg_connections_usable", "Connections that a role without privileges can have.")
                            .from("max_connections less the reserved ones"),
                    gauge("pg_connections_used_ratio", "Used over usable connections; at 1 applications are refused.")
                            .from("pg_stat_activity, pg_settings")),
            Query.of(
                    """
                    SELECT held_by, coalesce(max(age), 0) AS pg_oldest_xmin_age_transactions
                      FROM (SELECT 'backend' AS held_by, age(backend_xmin) FROM pg_stat_activity
                            UNION ALL SELECT 'slot', greatest(age(xmin), age(catalog_xmin)) FROM pg_replication_slots
                            UNION ALL SELECT 'prepared', age(transaction) FROM pg_prepared_xacts) xmin
                     GROUP BY held_by
                    """,
                    gauge("pg_oldest_xmin_age_transactions", "Transactions whose dead rows cannot be vacuumed.")
                            .from("backend_xmin, slot xmin and catalog_xmin, pg_prepared_xacts")
                            .by("held_by")));
}
