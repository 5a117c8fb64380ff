// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import io.highwater.core.Family;
import io.highwater.core.Ha;
import java.util.List;
import java.util.stream.Stream;

/** Settings that matter for availability, and those that cost data or availability in a failure. */
final class Settings {

    private Settings() {}

    private static final List<String> NUMBERS = List.of(
            "max_connections",
            "superuser_reserved_connections",
            "max_wal_senders",
            "max_replication_slots",
            "wal_keep_size",
            "max_slot_wal_keep_size",
            "max_wal_size",
            "checkpoint_timeout",
            "archive_timeout",
            "wal_sender_timeout",
            "wal_receiver_timeout");

    /** Numbers keep the names that the established exporter makes of setting and base unit. */
    static final List<Query> QUERIES = List.of(settingNumbers(), findings());

    private static Query settingNumbers() {
        var families = NUMBERS.stream().map(Settings::setting).toArray(Family[]::new);
        var columns = Stream.of(families)
                .map(family -> "max(CASE name WHEN '" + settingName(family) + "' THEN value END) AS " + family.name())
                .toList();
        return Query.of("""
                SELECT %s FROM (
                    SELECT name, setting::float8 * CASE unit WHEN 'MB' THEN 1048576 WHEN '8kB' THEN 8192
                           WHEN 'kB' THEN 1024 WHEN 'ms' THEN 0.001 WHEN 'min' THEN 60 ELSE 1 END AS value
                      FROM pg_settings WHERE vartype = 'integer' AND setting::bigint >= 0) settings
                """.formatted(String.join(", ", columns)), families);
    }

    private static Family setting(String name) {
        var unit = name.endsWith("_timeout") ? "_seconds" : name.endsWith("_size") ? "_bytes" : "";
        return Upstream.gauge(
                "pg_settings_" + name + unit, "The setting " + name + "; absent when it is -1, without a limit.");
    }

    private static String settingName(Family family) {
        return family.name()
                .replaceFirst("^pg_settings_", "")
                .replaceFirst("(?<=_timeout)_seconds$|(?<=_size)_bytes$", "");
    }

    private static Query findings() {
        return Query.of("""
                SELECT 'postgres' AS component, check_name AS "check", '' AS name, found::int AS ha_config_finding
                  FROM (VALUES
                    ('fsync_off', current_setting('fsync') = 'off'),
                    ('full_page_writes_off', current_setting('full_page_writes') = 'off'),
                    ('synchronous_commit_off', current_setting('synchronous_commit') = 'off'),
                    ('data_checksums_off', current_setting('data_checksums') = 'off'),
                    ('archive_mode_off', current_setting('archive_mode') = 'off'),
                    ('slot_wal_unlimited', current_setting('max_slot_wal_keep_size') = '-1'
                                           AND EXISTS (SELECT FROM pg_replication_slots)),
                    ('hot_standby_feedback_off', current_setting('hot_standby_feedback') = 'off'
                                                 AND pg_is_in_recovery())) findings(check_name, found)
                """, Ha.CONFIG_FINDING);
    }
}
