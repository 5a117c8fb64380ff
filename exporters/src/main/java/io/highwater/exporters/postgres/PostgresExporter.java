// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import com.google.auto.service.AutoService;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Derivation;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;

/** PostgreSQL 13 to 18: primaries and their standbys. */
@SuppressWarnings("rawtypes") // A service is found by its raw class.
@AutoService(Exporter.class)
public final class PostgresExporter implements Exporter<PostgresSettings> {

    /** One collector: what is said of it, and what it does on a node. */
    private record Kind(CollectorSpec spec, BiFunction<String, PostgresSettings, Reader> reader) {}

    private static final List<Kind> KINDS = List.of(
            kind(
                    ReplicationReader.NAME,
                    "role, log positions, what is received and sent",
                    Schedule.of(Duration.ofSeconds(1), Duration.ofSeconds(2)),
                    ReplicationFamilies.OF_NODE,
                    (node, _) -> new ReplicationReader(node)),
            kind(
                    "heartbeat",
                    "the configured heartbeat row",
                    Schedule.of(Duration.ofSeconds(1), Duration.ofSeconds(2)),
                    List.of(HeartbeatReader.TIMESTAMP),
                    (node, settings) -> settings.heartbeat()
                            .map(row -> new HeartbeatReader(node, row).orNote("heartbeat"))
                            .orElse(Reader.NOTHING)),
            kind("slots", "replication slots", 10, Slots.QUERIES),
            kind("archiver", "log archiving", 10, Archiver.QUERIES),
            kind("activity", "connections and transactions", 10, Activity.QUERIES),
            kind("locks", "locks and who waits for them", 10, Locks.QUERIES),
            kind("databases", "counters of each database", 30, Databases.QUERIES),
            kind("wal", "log files and checkpoints", 60, Wal.QUERIES),
            kind(
                    "statements",
                    "pg_stat_statements, where installed",
                    every(60),
                    StatementsReader.FAMILIES,
                    (_, settings) -> new StatementsReader(settings.slowStatement(), settings.topStatements())
                            .orNote("pg_stat_statements")),
            kind(
                    "tables",
                    "tables and indexes of one database",
                    every(60),
                    Query.families(Tables.queries(0)),
                    (_, settings) -> Query.reader(Tables.queries(settings.topTables()))),
            kind("settings", "settings that matter for availability", 300, Settings.QUERIES),
            kind("sizes", "database sizes and transaction wraparound", 300, Sizes.QUERIES));

    private static Kind kind(String name, String about, int seconds, List<Query> queries) {
        return kind(name, about, every(seconds), Query.families(queries), (_, _) -> Query.reader(queries));
    }

    private static Kind kind(
            String name,
            String about,
            Schedule schedule,
            List<Family> families,
            BiFunction<String, PostgresSettings, Reader> reader) {
        return new Kind(new CollectorSpec(name, about, schedule, true, families), reader);
    }

    private static Schedule every(int seconds) {
        return Schedule.of(Duration.ofSeconds(seconds), Duration.ofSeconds(5));
    }

    /** What the collector of that name does on that node. */
    static Reader reader(String collector, String node, PostgresSettings settings) {
        return KINDS.stream()
                .filter(kind -> kind.spec.name().equals(collector))
                .findFirst()
                .orElseThrow()
                .reader
                .apply(node, settings);
    }

    @Override
    public String component() {
        return "postgres";
    }

    @Override
    public Class<PostgresSettings> settings() {
        return PostgresSettings.class;
    }

    @Override
    public Family up() {
        return ReplicationFamilies.UP;
    }

    @Override
    public List<CollectorSpec> collectors() {
        return KINDS.stream().map(Kind::spec).toList();
    }

    @Override
    public List<Family> derivedFamilies() {
        return ReplicationFamilies.OF_CLUSTER;
    }

    @Override
    public Collection<String> nodes(PostgresSettings settings) {
        return settings.nodes().keySet();
    }

    @Override
    public Session open(Target target, PostgresSettings settings) {
        return new PostgresSession(target, settings);
    }

    @Override
    public Derivation derivation(PostgresSettings settings) {
        return new PostgresView(settings);
    }
}
