// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import io.highwater.core.CollectionObserver;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.SnapshotStore;
import io.highwater.core.Target;
import io.highwater.core.log.Log;
import io.highwater.core.log.LogLevel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Logs what changes: a target or a collector that fails, and that it works again. All else is at DEBUG. */
public final class ChangeLog implements CollectionObserver {

    private final SnapshotStore store;
    private final Log log;
    private final Map<Target, TargetLog> targets = new ConcurrentHashMap<>();

    public ChangeLog(SnapshotStore store, Log log) {
        this.store = store;
        this.log = log.from("Collections");
    }

    @Override
    public void collected(Slot slot, Snapshot snapshot) {
        targets.computeIfAbsent(slot.target(), target -> new TargetLog(of(target), pulse(target)))
                .collected(snapshot);
    }

    @Override
    public void skipped(Slot slot, Skip why) {
        if (log.shows(LogLevel.DEBUG)) {
            of(slot.target()).debug("Collection skipped", "collector", slot.collector(), "reason", why);
        }
    }

    /** To be called when the configuration has changed. */
    public void forgetAllBut(Set<Target> wanted) {
        targets.keySet().retainAll(wanted);
    }

    private Log of(Target target) {
        return target.node().isEmpty()
                ? log.with("cluster", target.cluster(), "component", target.component())
                : log.with("cluster", target.cluster(), "component", target.component(), "node", target.node());
    }

    /** The collector whose outcome says whether the target is up; for what is derived there is none but itself. */
    private String pulse(Target target) {
        return store.pulses().stream()
                .map(SnapshotStore.Pulse::slot)
                .filter(slot -> slot.target().equals(target))
                .map(Slot::collector)
                .findFirst()
                .orElse("");
    }
}
