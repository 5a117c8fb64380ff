// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.okhttp.SslSocketFactoryServerCredentials;
import io.highwater.core.log.Log;
import io.highwater.core.web.WebException;
import io.highwater.scaler.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running external scaler for KEDA. No call waits for a backend. */
public final class KedaServer implements AutoCloseable {

    /** How soon a changed certificate is served, and what is not told by an event is seen: a reload, a value's threshold. */
    private static final long LOOK_MILLIS = 1000;

    private static final int LARGEST_REQUEST = 64 * 1024;
    private static final long END_SECONDS = 2;

    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("keda-clock").factory());
    private final OpenStreams<Boolean> activities;
    private final OpenStreams<MetricSpec> specs;
    private final Server server;

    private KedaServer(KedaOptions options, Metrics metrics, KedaMeters meters, Log log) {
        var scalings = new Scalings(metrics);
        var method = ExternalScaler.STREAM_IS_ACTIVE;
        activities = new OpenStreams<>(scalings, Scaling::active, options.resend(), calls, meters.pushes(method));
        meters.streams(method, activities::size);
        method = ExternalScaler.STREAM_METRIC_SPEC;
        specs = new OpenStreams<>(scalings, Scaling::spec, options.resend(), calls, meters.pushes(method));
        meters.streams(method, specs::size);
        var certificate = options.tls().map(files -> new ServerCertificate(files, log));
        certificate.ifPresent(meters::certificate);
        server = OkHttpServerBuilder.forPort(options.listen(), credentials(certificate))
                .addService(ExternalScaler.definition(scalings, activities, specs))
                .intercept(new CallCounts(meters::ended))
                .executor(calls)
                .maxInboundMessageSize(LARGEST_REQUEST)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .build();
        var _ = clock.scheduleWithFixedDelay(
                () -> look(certificate.orElse(null)), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Throws {@link WebException} when it cannot be, with the reason for whoever configured it.
     *
     * @param metrics as of the configuration in force at each call
     */
    public static KedaServer start(KedaOptions options, Metrics metrics, MeterRegistry meters, Log log) {
        var keda = new KedaServer(options, metrics, new KedaMeters(meters), log.from("Keda"));
        try {
            keda.server.start();
            return keda;
        } catch (IOException e) {
            keda.close();
            throw new WebException("cannot listen on " + options.listen() + " for KEDA: " + e.getMessage(), e);
        }
    }

    private static ServerCredentials credentials(Optional<ServerCertificate> certificate) {
        return certificate
                .map(ServerSockets::new)
                .map(SslSocketFactoryServerCredentials::create)
                .orElseGet(InsecureServerCredentials::create);
    }

    private void look(@Nullable ServerCertificate certificate) {
        if (certificate != null) {
            certificate.refresh();
        }
        activities.look();
        specs.look();
    }

    public int port() {
        return server.getPort();
    }

    /** Ends every stream in good order, and within two seconds whatever does not end. */
    @Override
    public void close() {
        clock.shutdownNow();
        server.shutdown();
        activities.complete();
        specs.complete();
        try {
            if (!server.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        calls.shutdown();
    }
}
