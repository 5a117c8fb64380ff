// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import com.google.auto.service.AutoService;
import io.highwater.core.Backlogs;
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
import java.util.stream.Stream;

/** NATS JetStream, servers from 2.9 on: over the JetStream API, the servers' monitoring ports, or both. */
@SuppressWarnings("rawtypes") // A service is found by its raw class.
@AutoService(Exporter.class)
public final class JetStreamExporter implements Exporter<JetStreamSettings> {

    static final String COMPONENT = "jetstream";

    static final String HEALTH = "health";
    static final String STREAMS = "streams";
    static final String JSZ = "jsz";

    /** What is derived has the budget of the pulse; streams and consumers have budgets of their own. */
    private static final int NO_BUDGET = 1_000_000;

    /** Nothing is shown that is older than two intervals. */
    private static final Schedule ASSETS = Schedule.of(Duration.ofSeconds(5), Duration.ofSeconds(5));

    @Override
    public String component() {
        return COMPONENT;
    }

    @Override
    public Class<JetStreamSettings> settings() {
        return JetStreamSettings.class;
    }

    @Override
    public Family up() {
        return ServerFamilies.UP;
    }

    @Override
    public List<CollectorSpec> collectors() {
        var pulse = new Schedule(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(4), NO_BUDGET);
        return List.of(
                new CollectorSpec(
                        HEALTH,
                        "servers, their meta group, the account's usage",
                        pulse,
                        true,
                        ServerFamilies.OF_HEALTH),
                new CollectorSpec(STREAMS, "streams and consumers from the JetStream API", ASSETS, true, List.of()),
                new CollectorSpec(
                        JSZ, "streams and consumers from the monitoring ports", ASSETS, true, ServerFamilies.OF_JSZ));
    }

    @Override
    public List<Family> derivedFamilies() {
        return Stream.concat(AssetFamilies.ALL.stream(), Backlogs.FAMILIES.stream())
                .toList();
    }

    @Override
    public Collection<String> nodes(JetStreamSettings settings) {
        return settings.nodes();
    }

    @Override
    public Session open(Target target, JetStreamSettings settings) {
        return settings.monitoring().containsKey(target.node())
                ? new MonitoringSession(target, settings)
                : new ApiSession(target, settings);
    }

    @Override
    public Derivation derivation(JetStreamSettings settings) {
        return new JetStreamView(settings);
    }
}
