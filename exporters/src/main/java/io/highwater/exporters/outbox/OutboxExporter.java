// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

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

/** Tables of work in PostgreSQL 13 to 18: transactional outboxes, and rows that are claimed and go through states. */
@SuppressWarnings("rawtypes") // A service is found by its raw class.
@AutoService(Exporter.class)
public final class OutboxExporter implements Exporter<OutboxSettings> {

    static final String STATE = "state";
    static final String APART = "apart";

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @Override
    public String component() {
        return OutboxView.COMPONENT;
    }

    @Override
    public Class<OutboxSettings> settings() {
        return OutboxSettings.class;
    }

    @Override
    public Family up() {
        return OutboxFamilies.UP;
    }

    /** What they find is of the cluster and not of the server that was asked, so it is derived. */
    @Override
    public List<CollectorSpec> collectors() {
        return List.of(
                new CollectorSpec(
                        STATE,
                        "role of the server; on the primary, the tables that are read quickly",
                        Schedule.of(INTERVAL, Duration.ofSeconds(5)),
                        true,
                        List.of()),
                new CollectorSpec(
                        APART,
                        "tables that are not read quickly or could not be read, each when its turn has come",
                        Schedule.of(INTERVAL, Duration.ofSeconds(30)),
                        true,
                        List.of()));
    }

    @Override
    public List<Family> derivedFamilies() {
        return OutboxFamilies.ALL;
    }

    @Override
    public Collection<String> nodes(OutboxSettings settings) {
        return settings.postgres().nodes().keySet();
    }

    @Override
    public Session open(Target target, OutboxSettings settings) {
        return new OutboxSession(target, settings);
    }

    @Override
    public Derivation derivation(OutboxSettings settings) {
        return new OutboxView(settings);
    }
}
