// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.core.Backlogs;
import io.highwater.core.Derivation;
import io.highwater.core.Facts;
import io.highwater.core.Ha;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import io.highwater.exporters.client.postgres.TableReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The tables of work of one cluster, each once, as the one primary has them; of a replica only when it is the one server
 * that is configured. While no primary answers, or two do, nobody knows what is pending, and nothing is shown.
 */
final class OutboxView implements Derivation {

    static final String COMPONENT = "outbox";

    private final int servers;
    private final Map<String, Watermarks> watermarks = new HashMap<>();
    private final Backlogs backlogs = new Backlogs(COMPONENT);

    OutboxView(OutboxSettings settings) {
        this.servers = settings.postgres().nodes().size();
    }

    @Override
    public void derive(List<Snapshot> snapshots, long nowNanos, Samples out) {
        source(snapshots).ifPresent(source -> {
            var readings = readings(source, snapshots, nowNanos).values();
            readings.forEach(reading -> add(reading, out));
            backlogs.see(readings.stream()
                    .flatMap(reading -> reading.numbers().stream()
                            .flatMap(numbers -> series(reading, numbers).backlogs(reading.readNanos())))
                    .toList());
            backlogs.addTo(out);
        });
    }

    private Optional<ServerState> source(List<Snapshot> snapshots) {
        var able = Facts.of(snapshots, ServerState.class)
                .filter(state -> servers == 1 || !state.server().inRecovery())
                .toList();
        return able.size() == 1 ? Optional.of(able.getFirst()) : Optional.empty();
    }

    /** The newest of each table; what was read apart may be of a time when the server was another. */
    private static Map<String, TableReading<WorkTable, Numbers>> readings(
            ServerState source, List<Snapshot> snapshots, long nowNanos) {
        var apart = Facts.of(snapshots, ServerState.Apart.class).flatMap(of -> of.readings().stream());
        var newest = new TreeMap<String, TableReading<WorkTable, Numbers>>();
        Stream.concat(source.readings().stream(), apart)
                .filter(reading -> reading.by().equals(source.server()) && reading.expiresNanos() - nowNanos > 0)
                .forEach(reading -> newest.merge(
                        reading.table().title(),
                        reading,
                        (one, other) -> one.readNanos() - other.readNanos() > 0 ? one : other));
        return newest;
    }

    private void add(TableReading<WorkTable, Numbers> reading, Samples out) {
        switch (reading.table()) {
            case OutboxQuery(String name, OutboxTable _) -> {
                OutboxFamilies.OF_OUTBOX.add(name, reading, out);
                addFinding("outbox_without_index", name, reading, out);
            }
            case ClaimQuery(String name, ClaimTable _) -> {
                OutboxFamilies.OF_CLAIM.add(name, reading, out);
                addFinding("claim_without_index", name, reading, out);
            }
        }
        reading.numbers().ifPresent(numbers -> series(reading, numbers).add(out));
    }

    private Series series(TableReading<WorkTable, Numbers> reading, Numbers numbers) {
        return switch (numbers) {
            case Numbers.Outbox outbox
            when reading.table() instanceof OutboxQuery(String name, OutboxTable _) ->
                new OutboxSeries(
                        name,
                        outbox,
                        watermarks
                                .computeIfAbsent(name, _ -> new Watermarks())
                                .see(outbox.counters(), reading.readNanos()));
            case Numbers.Claims claims
            when reading.table() instanceof ClaimQuery(String name, ClaimTable of) -> new ClaimSeries(name, of, claims);
            default -> throw new IllegalStateException(reading.table().title() + " gave " + numbers);
        };
    }

    private static void addFinding(String check, String name, TableReading<WorkTable, Numbers> reading, Samples out) {
        reading.wholeTable().ifPresent(whole -> out.add(Ha.CONFIG_FINDING, !whole.isEmpty(), COMPONENT, check, name));
    }
}
