// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import java.util.List;

/** What databases take on disk, and how near transaction wraparound is: counted seldom, since it costs. */
final class Sizes {

    private Sizes() {}

    static final List<Query> QUERIES = List.of(
            Query.of("""
                    SELECT datname, pg_database_size(oid) AS pg_database_size_bytes
                      FROM pg_database WHERE datallowconn
                    """, Upstream.gauge("pg_database_size_bytes", "Disk space that the database takes.", "datname")),
            Query.of(
                    """
                    SELECT datname, age(datfrozenxid) AS pg_database_wraparound_age_datfrozenxid_seconds,
                           mxid_age(datminmxid) AS pg_database_wraparound_age_datminmxid_seconds
                      FROM pg_database WHERE datallowconn
                    """,
                    Upstream.gauge(
                            "pg_database_wraparound_age_datfrozenxid_seconds",
                            "Transactions, not seconds, since the oldest that is not frozen; 2^31 is the end.",
                            "datname"),
                    Upstream.gauge(
                            "pg_database_wraparound_age_datminmxid_seconds",
                            "Multixacts, not seconds, since the oldest that is not frozen; 2^31 is the end.",
                            "datname")));
}
