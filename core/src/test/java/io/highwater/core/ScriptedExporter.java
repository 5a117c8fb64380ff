// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An exporter whose collectors do what a test says. */
final class ScriptedExporter implements Exporter<ScriptedExporter.Settings> {

    record Settings(List<String> nodes, String password) {}

    /** What one collector does on one target. */
    @FunctionalInterface
    interface Script {
        void collect(Target target, Samples out) throws Exception;
    }

    /** Remembers that it was closed. */
    static final class ScriptedSession implements Session {
        final Target target;
        private final Map<String, Script> scripts;
        volatile boolean closed;

        ScriptedSession(Target target, Map<String, Script> scripts) {
            this.target = target;
            this.scripts = scripts;
        }

        @Override
        public Collector collector(CollectorSpec spec, Schedule schedule) {
            return NOT_RUN.equals(scripts.get(spec.name()))
                    ? Collector.NONE
                    : out -> scripts.getOrDefault(spec.name(), (_, _) -> {}).collect(target, out);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** For a collector that has nothing to do. */
    static final Script NOT_RUN = (_, _) -> {};

    static final Schedule OFTEN = Schedule.of(Duration.ofMillis(50), Duration.ofSeconds(20));

    final Map<String, Script> scripts = new ConcurrentHashMap<>();
    final Map<String, Schedule> paces = new ConcurrentHashMap<>();
    final List<ScriptedSession> sessions = new CopyOnWriteArrayList<>();
    private final List<String> collectors;
    private final Derivation derivation;

    ScriptedExporter(Derivation derivation, String... collectors) {
        this.derivation = derivation;
        this.collectors = List.of(collectors);
    }

    ComponentPlan<Settings> plan(String cluster, String password, String... nodes) {
        return plan(cluster, Optional.empty(), OFTEN, password, nodes);
    }

    ComponentPlan<Settings> plan(
            String cluster, Optional<Level> level, Schedule schedule, String password, String... nodes) {
        var schedules = new LinkedHashMap<String, Schedule>();
        collectors.forEach(name -> schedules.put(name, schedule));
        return new ComponentPlan<>(cluster, level, Map.of(), this, new Settings(List.of(nodes), password), schedules);
    }

    ScriptedSession session(String node) {
        return sessions.stream()
                .filter(session -> session.target.node().equals(node))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    @Override
    public String component() {
        return "db";
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Family up() {
        return Specimens.UP;
    }

    @Override
    public List<CollectorSpec> collectors() {
        return collectors.stream()
                .map(name -> new CollectorSpec(
                        name, "what a test wants", OFTEN, true, List.of(Specimens.SIZE, Specimens.COMMITS)))
                .toList();
    }

    /** Of nodes that have a pace of their own. */
    @Override
    public Schedule schedule(Settings settings, String node, CollectorSpec spec, Schedule configured) {
        return paces.getOrDefault(node, configured);
    }

    @Override
    public List<Family> derivedFamilies() {
        return List.of(Ha.PRIMARY_COUNT);
    }

    @Override
    public Collection<String> nodes(Settings settings) {
        return settings.nodes;
    }

    @Override
    public Session open(Target target, Settings settings) {
        if (settings.password.isEmpty()) {
            throw new IllegalStateException("no password");
        }
        var session = new ScriptedSession(target, scripts);
        sessions.add(session);
        return session;
    }

    @Override
    public Derivation derivation(Settings settings) {
        return derivation;
    }
}
