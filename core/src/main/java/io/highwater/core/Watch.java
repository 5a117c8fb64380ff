// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One component of one cluster being watched: its open sessions, their loops and the view over them. */
final class Watch implements AutoCloseable {

    private record Open(Slot slot, Collector collector) {}

    private final ComponentPlan<?> plan;
    private final SnapshotStore store;
    private final List<Session> sessions = new ArrayList<>();
    private final List<CollectionLoop> loops = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();

    private Watch(ComponentPlan<?> plan, SnapshotStore store) {
        this.plan = plan;
        this.store = store;
    }

    static <S extends Record> Watch start(ComponentPlan<S> plan, SnapshotStore store, CollectionObserver observer) {
        var watch = new Watch(plan, store);
        try {
            watch.open(plan, observer);
        } catch (RuntimeException | Error e) {
            watch.close();
            throw e;
        }
        watch.loops.forEach(CollectionLoop::start);
        return watch;
    }

    private <S extends Record> void open(ComponentPlan<S> of, CollectionObserver observer) {
        var pulses = new ArrayList<SnapshotStore.Pulse>();
        var open = new ArrayList<Open>();
        for (var target : of.targets()) {
            var ofTarget = open(of, target);
            pulses.add(new SnapshotStore.Pulse(
                    ofTarget.getFirst().slot, of.exporter().up()));
            open.addAll(ofTarget);
        }
        open.forEach(one -> slots.add(one.slot));
        var view = view(of, derived(of, pulses), observer);
        slots.addAll(view.slots());
        store.add(slots, pulses);
        open.forEach(one -> loops.add(
                new CollectionLoop(one.slot, one.collector, snapshot -> view.publish(one.slot, snapshot), observer)));
    }

    private <S extends Record> List<Open> open(ComponentPlan<S> of, Target target) {
        var session = of.exporter().open(target, of.settings());
        sessions.add(session);
        var open = new ArrayList<Open>();
        for (var spec : of.exporter().collectors()) {
            var configured = of.schedules().get(spec.name());
            if (configured != null) {
                var schedule = of.exporter().schedule(of.settings(), target.node(), spec, configured);
                var collector = session.collector(spec, schedule);
                // There is always a pulse, even if it has nothing to do.
                if (open.isEmpty() || !collector.equals(Collector.NONE)) {
                    open.add(new Open(new Slot(target, spec.name(), schedule), collector));
                }
            }
        }
        return open;
    }

    /** What is derived is as fresh as the pulse, the first collector that runs: the fastest, where each has its own pace. */
    private static Slot derived(ComponentPlan<?> of, List<SnapshotStore.Pulse> pulses) {
        var target = new Target(of.cluster(), of.exporter().component(), "", of.labels());
        var schedule = pulses.stream()
                .map(pulse -> pulse.slot().schedule())
                .min(Comparator.comparing(Schedule::maxAge))
                .orElseGet(() -> of.schedules().values().iterator().next());
        return new Slot(target, ClusterView.COLLECTOR, schedule);
    }

    private <S extends Record> ClusterView view(ComponentPlan<S> of, Slot derived, CollectionObserver observer) {
        var component = of.exporter().component();
        var derivation = of.exporter().derivation(of.settings());
        var withObjectives = new Derivation() {
            @Override
            public void derive(List<Snapshot> nodes, long nowNanos, Samples out) {
                Ha.addObjectives(out, component, of.level());
                derivation.derive(nodes, nowNanos, out);
            }

            @Override
            public Duration pace() {
                return derivation.pace();
            }

            @Override
            public Map<String, Derivation> more() {
                return derivation.more();
            }
        };
        var pulse = of.schedules().keySet().iterator().next();
        return new ClusterView(store, observer, withObjectives, slots, pulse, derived);
    }

    ComponentPlan<?> plan() {
        return plan;
    }

    Stream<CollectionLoop> loops(String targetName) {
        return loops.stream().filter(loop -> loop.slot().target().name().equals(targetName));
    }

    @Override
    public void close() {
        loops.forEach(CollectionLoop::close);
        store.remove(slots);
        sessions.forEach(Watch::close);
    }

    private static void close(Session session) {
        try {
            session.close();
        } catch (RuntimeException e) {
            Faults.report(e);
        }
    }
}
