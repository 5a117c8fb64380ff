// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Backlogs;
import io.highwater.core.Derivation;
import io.highwater.core.Facts;
import io.highwater.core.Ha;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every queue once, as the server says that is to be believed. Two masters that both have it, as in a split brain, cannot
 * both be right: then nothing is said of it.
 */
final class QueueView implements Derivation {

    /** A queue, and the server that tells of it. */
    private record Told(QueueState state, String node) {}

    private final String component;
    private final QueueFamilies families;
    private final Backlogs backlogs;
    private List<QueuesSeen> last = List.of();

    QueueView(String component, QueueFamilies families) {
        this.component = component;
        this.families = families;
        this.backlogs = new Backlogs(component);
    }

    /**
     * What there is to derive is large, and rendered anew with the authorities' collections of state alone: the workers of
     * a moment ago go with the state of now.
     */
    @Override
    public Map<String, Derivation> more() {
        return Map.of("queues", this::deriveQueues);
    }

    @Override
    public void derive(List<Snapshot> nodes, long nowNanos, Samples out) {}

    private void deriveQueues(List<Snapshot> snapshots, long nowNanos, Samples out) {
        var seen = Facts.of(snapshots, QueuesSeen.class)
                .filter(QueuesSeen::authority)
                .toList();
        if (Facts.same(seen, last)) {
            out.unchanged();
            return;
        }
        last = seen;
        if (seen.isEmpty()) {
            return;
        }
        var workers = Facts.of(snapshots, WorkersSeen.class).toList();
        var told = told(seen);
        told.values().forEach(one -> {
            families.add(one.state, out);
            addWorkers(one, workers, out);
        });
        out.add(families.queues(), told.size());
        out.add(families.leftOut(), seen.stream().mapToInt(QueuesSeen::leftOut).sum());
        seen.forEach(server -> server.withoutIndex()
                .forEach((table, whole) ->
                        out.add(Ha.CONFIG_FINDING, whole, component, "queue_table_without_index", table)));
        backlogs.see(told.values().stream().map(one -> one.state.backlog()).toList());
        backlogs.addTo(out);
    }

    private static Map<String, Told> told(List<QueuesSeen> seen) {
        var told = new TreeMap<String, Told>();
        var disputed = new ArrayList<String>();
        for (var server : seen) {
            for (var state : server.queues()) {
                var key = state.name().key();
                if (told.put(key, new Told(state, server.node())) != null) {
                    disputed.add(key);
                }
            }
        }
        disputed.forEach(told::remove);
        return told;
    }

    private void addWorkers(Told queue, List<WorkersSeen> workers, Samples out) {
        for (var seen : workers) {
            var count = seen.node().equals(queue.node) ? seen.workers().get(queue.state.name()) : null;
            if (count != null) {
                families.add(Measure.WORKERS, count, queue.state.name(), out);
            }
        }
    }
}
