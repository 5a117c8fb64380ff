// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.CollectorSpec;
import io.highwater.core.Derivation;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.core.Schedule;
import io.highwater.core.Secret;
import io.highwater.core.Session;
import io.highwater.core.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The least of an exporter: one node without a name of its own, one collector, a secret that must be there; seen from outside. */
record Gate(String component, Family up) implements Exporter<Gate.Settings> {

    record Settings(Secret token) {}

    static final Gate GATE = new Gate("gate", Family.gauge("gate_up", "Whether the gate answers."));

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public List<CollectorSpec> collectors() {
        var often = Schedule.of(Duration.ofSeconds(5), Duration.ofSeconds(1));
        return List.of(new CollectorSpec("pulse", "whether it answers", often, true, List.of()));
    }

    @Override
    public boolean seenFromOutside() {
        return true;
    }

    @Override
    public List<Family> derivedFamilies() {
        return List.of();
    }

    @Override
    public Collection<String> nodes(Settings settings) {
        return List.of("gate");
    }

    @Override
    public Session open(Target target, Settings settings) {
        throw new UnsupportedOperationException("settings are all that this exporter has");
    }

    @Override
    public Derivation derivation(Settings settings) {
        return Derivation.NONE;
    }
}
