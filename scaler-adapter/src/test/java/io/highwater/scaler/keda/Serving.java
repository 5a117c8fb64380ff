// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import io.grpc.InsecureChannelCredentials;
import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A server for KEDA with metrics that a test makes. */
final class Serving implements AutoCloseable {

    static final Duration RESEND = Duration.ofMillis(300);

    final Gauges metrics = new Gauges();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final KedaServer server;

    Serving(Optional<KedaOptions.Tls> tls, Duration resend) {
        var options = new KedaOptions(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls, resend);
        server = KedaServer.start(options, metrics, meters, new Log(LogFormat.LOGFMT, LogLevel.INFO, log));
    }

    static Serving plaintext() {
        return new Serving(Optional.empty(), RESEND);
    }

    int port() {
        return server.port();
    }

    KedaClient client() {
        return new KedaClient(port(), InsecureChannelCredentials.create());
    }

    double streams(String method) {
        return meters.get("highwater.keda.streams")
                .tag("method", method)
                .gauge()
                .value();
    }

    double pushes(String method) {
        return meters.get("highwater.keda.pushes")
                .tag("method", method)
                .counter()
                .count();
    }

    double calls(String method, String code) {
        var counter = meters.find("highwater.keda.calls")
                .tags("method", method, "code", code)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
