// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.exporters.jetstream.ServerFamilies.*;

import io.highwater.core.CollectionException;
import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Samples;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** One server's monitoring port. */
final class MonitoringSession implements Session {

    /** What a collector asks and adds. */
    @FunctionalInterface
    private interface Reading {
        void read(MonitoringPort.Visit visit, Samples out) throws CollectionException;
    }

    private final Target target;
    private final MonitoringPort port;
    private final MonitoringAssets assets;
    private volatile String serverName = "";

    MonitoringSession(Target target, JetStreamSettings settings) {
        this.target = target;
        this.port =
                new MonitoringPort(Objects.requireNonNull(settings.monitoring().get(target.node())), settings.tls());
        this.assets = new MonitoringAssets(target.node(), settings);
    }

    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        return switch (spec.name()) {
            case JetStreamExporter.HEALTH -> collector(schedule, this::health);
            case JetStreamExporter.JSZ -> collector(schedule, this::jsz);
            default -> Collector.NONE;
        };
    }

    private Collector collector(Schedule schedule, Reading reading) {
        var visit = new AtomicReference<MonitoringPort.Visit>();
        return new Collector() {
            @Override
            public void collect(Samples out) throws CollectionException {
                visit.set(port.visit(schedule.timeout()));
                reading.read(visit.get(), out);
            }

            @Override
            public void abort() {
                var inFlight = visit.get();
                if (inFlight != null) {
                    inFlight.abort();
                }
            }
        };
    }

    private void health(MonitoringPort.Visit visit, Samples out) throws CollectionException {
        var server = varz(visit);
        server.add(out);
        out.add(HEALTHZ_OK, visit.isWell("/healthz?js-server-only=true"), "server");
        out.fact(server.state(target.node()));
    }

    private Varz varz(MonitoringPort.Visit visit) throws CollectionException {
        var server = visit.get("/varz", Varz::read);
        serverName = server.name();
        return server;
    }

    private void jsz(MonitoringPort.Visit visit, Samples out) throws CollectionException {
        var name = serverName.isEmpty() ? varz(visit).name() : serverName;
        out.add(HEALTHZ_OK, visit.isWell("/healthz"), "assets");
        var seen = visit.get(
                "/jsz?accounts=true&streams=true&consumers=true&config=true", json -> assets.read(json, name));
        visit.find(Raftz.PATH, Raftz::read).ifPresent(meta -> meta.add(out));
        out.fact(seen);
    }

    @Override
    public void close() {
        port.close();
    }
}
