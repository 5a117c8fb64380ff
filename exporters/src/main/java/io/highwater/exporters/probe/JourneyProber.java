// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes the steps of a journey, over connections that are kept until its end. */
final class JourneyProber implements Prober {

    private final JourneySettings settings;
    private final HttpWay way;
    private final HttpTransport transport;
    private final Map<String, StepCounts> counts = new LinkedHashMap<>();
    private volatile @Nullable HttpVisit visit;

    JourneyProber(JourneySettings settings) {
        this.settings = settings;
        this.way = settings.way();
        this.transport = new HttpTransport(way, settings.first());
        settings.steps().forEach(step -> counts.put(step.name(), new StepCounts(step)));
    }

    @Override
    public void probe(Attempt attempt, Samples out) throws ProbeFailure, CollectionException, InterruptedException {
        try (var begun = transport.visit()) {
            visit = begun;
            try {
                new JourneyRun(settings, way.hosts(), counts, begun).go(attempt, out);
            } finally {
                begun.addTo(out);
                counts.values().forEach(step -> step.addTo(out));
            }
        } finally {
            visit = null;
        }
    }

    @Override
    public void abort() {
        var begun = visit;
        if (begun != null) {
            begun.abort();
        }
    }

    @Override
    public void close() {
        abort();
    }
}
