// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import io.highwater.exporters.client.http.HttpLink;
import java.time.Duration;
import java.time.InstantSource;

/** One endpoint of a store. */
final class S3Session implements Session {

    /** Longer than a probe takes by far, of this agent or of another that is configured alike. */
    private static final Duration LEFT_FOR_GOOD = Duration.ofMinutes(10);

    private final HttpLink link;
    private final S3Port port;
    private final Target target;
    private final S3Settings settings;
    private final InstantSource clock;
    private volatile Duration probeTimeout = Duration.ZERO;

    S3Session(Target target, S3Settings settings, InstantSource clock) {
        this.link = new HttpLink(settings.tls());
        this.port = new S3Port(new SignedRequests(settings.endpoint(target.node()), settings, clock));
        this.target = target;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        var timeout = schedule.timeout();
        return switch (spec.name()) {
            case S3Exporter.PULSE -> {
                probeTimeout = timeout;
                var probe =
                        settings.readOnly() ? new ReadProbe(port, settings) : new WriteProbe(port, settings, timeout);
                yield new ProbeCollector(target.node(), link, probe, settings, clock, timeout);
            }
            case "posture" ->
                settings.buckets().isEmpty() ? Collector.NONE : new PostureCollector(link, port, settings, timeout);
            case "leftovers" ->
                settings.readOnly()
                        ? Collector.NONE
                        : new LeftoversCollector(link, port, settings, this::leftForGood, timeout);
            default -> throw new IllegalArgumentException("no collector " + spec.name());
        };
    }

    private Duration leftForGood() {
        var twice = probeTimeout.multipliedBy(2);
        return twice.compareTo(LEFT_FOR_GOOD) > 0 ? twice : LEFT_FOR_GOOD;
    }

    @Override
    public void close() {
        link.close();
    }
}
