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

/** PostgreSQL 13 to 18: primaries and their standbys. */
@SuppressWarnings("rawtypes") // A service is found by its raw class.
@AutoService(Exporter.class)
public final class PostgresExporter implements Exporter<PostgresSettings> {

    private static final List<CollectorSpec> COLLECTORS = List.of(
            new CollectorSpec(
                    ReplicationReader.NAME,
                    "role, log positions, what is received and sent",
                    Schedule.of(Duration.ofSeconds(1), Duration.ofSeconds(2)),
                    true,
                    ReplicationFamilies.OF_NODE),
            new CollectorSpec(
                    HeartbeatReader.NAME,
                    "the configured heartbeat row",
                    Schedule.of(Duration.ofSeconds(1), Duration.ofSeconds(2)),
                    true,
                    List.of(HeartbeatReader.TIMESTAMP)),
            spec("slots", "replication slots", 10, PostgresCollectors.families(PostgresCollectors.SLOTS)),
            spec("archiver", "log archiving", 10, PostgresCollectors.families(PostgresCollectors.ARCHIVER)),
            spec(
                    "activity",
                    "connections and transactions",
                    10,
                    PostgresCollectors.families(PostgresCollectors.ACTIVITY)),
            spec("locks", "locks and who waits for them", 10, PostgresCollectors.families(PostgresCollectors.LOCKS)),
            spec(
                    "databases",
                    "counters of each database",
                    30,
                    PostgresCollectors.families(PostgresCollectors.DATABASES)),
            spec("wal", "log files and checkpoints", 60, PostgresCollectors.families(PostgresCollectors.WAL)),
            spec("statements", "pg_stat_statements, where installed", 60, StatementsReader.FAMILIES),
            spec(
                    "tables",
                    "tables and indexes of one database",
                    60,
                    PostgresCollectors.families(PostgresCollectors.tables(0))),
            spec(
                    "settings",
                    "settings that matter for availability",
                    300,
                    PostgresCollectors.families(PostgresCollectors.SETTINGS)),
            spec(
                    "sizes",
                    "database sizes and transaction wraparound",
                    300,
                    PostgresCollectors.families(PostgresCollectors.SIZES)));

    private static CollectorSpec spec(String name, String about, int seconds, List<Family> families) {
        return new CollectorSpec(
                name, about, Schedule.of(Duration.ofSeconds(seconds), Duration.ofSeconds(5)), true, families);
    }

    /** What the collector of that name does; the declarations are above. */
    static Reader reader(String collector, String node, PostgresSettings settings) {
        return switch (collector) {
            case ReplicationReader.NAME -> new ReplicationReader(node);
            case HeartbeatReader.NAME ->
                settings.heartbeat()
                        .<Reader>map(row -> new HeartbeatReader(node, row))
                        .orElse(Reader.NOTHING);
            case "slots" -> Query.reader(PostgresCollectors.SLOTS);
            case "archiver" -> Query.reader(PostgresCollectors.ARCHIVER);
            case "activity" -> Query.reader(PostgresCollectors.ACTIVITY);
            case "locks" -> Query.reader(PostgresCollectors.LOCKS);
            case "databases" -> Query.reader(PostgresCollectors.DATABASES);
            case "wal" -> Query.reader(PostgresCollectors.WAL);
            case "statements" -> new StatementsReader(settings.slowStatement(), settings.topStatements());
            case "tables" -> Query.reader(PostgresCollectors.tables(settings.topTables()));
            case "settings" -> Query.reader(PostgresCollectors.SETTINGS);
            case "sizes" -> Query.reader(PostgresCollectors.SIZES);
            default -> throw new IllegalArgumentException("no collector " + collector);
        };
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
        return COLLECTORS;
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
