// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Collector;
import io.highwater.core.Samples;
import io.highwater.core.ServiceLevel;
import io.highwater.exporters.client.http.HttpLink;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Lets a probe try at its pace, and counts. One that fails is a result: what it saw is published all the same. */
final class ProbeCollector implements Collector {

    private final String endpoint;
    private final HttpLink link;
    private final Probe probe;
    private final S3Settings settings;
    private final InstantSource clock;
    private final Duration timeout;
    private final ServiceLevel level = new ServiceLevel(S3Families.SERVICE_LEVEL);
    private volatile HttpLink.@Nullable Visit inFlight;

    ProbeCollector(
            String endpoint, HttpLink link, Probe probe, S3Settings settings, InstantSource clock, Duration timeout) {
        this.endpoint = endpoint;
        this.link = link;
        this.probe = probe;
        this.settings = settings;
        this.clock = clock;
        this.timeout = timeout;
    }

    @Override
    public void collect(Samples out) {
        long started = System.nanoTime();
        var visit = link.visit(timeout);
        inFlight = visit;
        var offset = new ClockOffset(clock);
        try {
            probe.run(visit, offset, out);
            level.succeeded(started, System.nanoTime(), settings.slow().orElse(timeout));
            out.fact(new EndpointState(endpoint, true));
        } catch (S3Failure e) {
            level.failed(started, e.reason().label());
            out.fail(e.reason().reason(), e.reason().label() + ": " + e.getMessage());
            out.fact(new EndpointState(endpoint, false));
        }
        out.add(S3Families.DURATION, (System.nanoTime() - started) / 1e9);
        out.add(S3Families.WRITES, !settings.readOnly());
        offset.addTo(out);
        level.addTo(out, System.nanoTime());
    }

    @Override
    public void abort() {
        var visit = inFlight;
        if (visit != null) {
            visit.abort();
        }
    }
}
