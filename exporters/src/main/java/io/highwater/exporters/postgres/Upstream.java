// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import io.highwater.core.Family;
import java.util.List;

/** Families whose names and meanings are postgres_exporter's, so that its dashboards go on working. */
final class Upstream {

    private static final List<String> VIEWS = List.of(
            "pg_stat_activity",
            "pg_stat_archiver",
            "pg_stat_bgwriter",
            "pg_stat_checkpointer",
            "pg_stat_database",
            "pg_stat_user_tables",
            "pg_replication_slots",
            "pg_settings",
            "pg_locks",
            "pg_database");

    private Upstream() {}

    static Family gauge(String name, String help, String... labels) {
        return Family.compatible(name, Family.Kind.GAUGE, help)
                .from(source(name))
                .by(labels);
    }

    static Family counter(String name, String help, String... labels) {
        return Family.compatible(name, Family.Kind.COUNTER, help)
                .from(source(name))
                .by(labels);
    }

    /** Such a name starts with the view that the number is from. */
    private static String source(String name) {
        return VIEWS.stream()
                .filter(view -> name.startsWith(view + "_"))
                .findFirst()
                .orElse("pg_ls_waldir()");
    }
}
