// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Globs;
import io.highwater.exporters.client.postgres.TableReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The queues of all configured tables of one server, as the readings of their slices tell of them. A queue that had jobs
 * once is 0 from then on while it has none.
 */
final class JobTables {

    private final String node;
    private final Map<String, JobTable> tables;
    private final List<String> ignored;
    private final int most;
    private final Map<String, Set<String>> known = new TreeMap<>();

    /** @param most how many queues are watched */
    JobTables(String node, Map<String, JobTable> tables, List<String> ignored, int most) {
        this.node = node;
        this.tables = Map.copyOf(tables);
        this.ignored = ignored;
        this.most = most;
    }

    List<JobQuery> queries() {
        return tables.entrySet().stream()
                .flatMap(table -> table.getValue().queries(table.getKey()).stream())
                .toList();
    }

    /** @param readings none while the server is not to be believed */
    QueuesSeen seen(boolean authority, List<TableReading<JobQuery, JobNumbers>> readings) {
        var byTable = new TreeMap<String, List<TableReading<JobQuery, JobNumbers>>>();
        var findings = new LinkedHashMap<String, Boolean>();
        for (var reading : readings) {
            byTable.computeIfAbsent(reading.table().name(), _ -> new ArrayList<>())
                    .add(reading);
            reading.wholeTable()
                    .ifPresent(whole -> findings.put(
                            reading.table().name() + "/"
                                    + reading.table().slice().state(),
                            !whole.isEmpty()));
        }
        var states = new ArrayList<QueueState>();
        byTable.forEach((name, of) -> states.addAll(states(name, of)));
        var watched = states.subList(0, Math.min(most, states.size()));
        return new QueuesSeen(node, authority, watched, states.size() - watched.size(), findings);
    }

    private List<QueueState> states(String name, List<TableReading<JobQuery, JobNumbers>> readings) {
        var table = Objects.requireNonNull(tables.get(name));
        return names(name, table, readings).stream()
                .map(queue -> JobState.of(table.queueName(name, queue), queue, readings))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Those that have jobs or are named, and then, as far as there is room, those that had some before. */
    private Set<String> names(String name, JobTable table, List<TableReading<JobQuery, JobNumbers>> readings) {
        var names = new LinkedHashSet<>(table.given());
        readings.stream()
                .flatMap(reading -> reading.numbers().stream())
                .flatMap(numbers -> numbers.queues().keySet().stream())
                .filter(queue -> table.takes(queue)
                        && !Globs.any(ignored, table.queueName(name, queue).name()))
                .sorted()
                .forEach(names::add);
        known.getOrDefault(name, Set.of()).stream()
                .limit(Math.max(0, most - names.size()))
                .forEach(names::add);
        known.put(name, names);
        return names;
    }
}
