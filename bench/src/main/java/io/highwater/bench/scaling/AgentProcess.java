// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench.scaling;

import io.highwater.lab.ControlPlane;
import io.highwater.lab.FreePort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The agent as users start it, with Kubernetes' metrics API and KEDA's external scaler. */
final class AgentProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final int CLOCK_TICK_MILLIS = 10;

    private final Process process;
    private final Path log;
    private final int webPort;
    private final int metricsApiPort;
    private final int kedaPort;

    private AgentProcess(Process process, Path log, int webPort, int metricsApiPort, int kedaPort) {
        this.process = process;
        this.log = log;
        this.webPort = webPort;
        this.metricsApiPort = metricsApiPort;
        this.kedaPort = kedaPort;
    }

    /** Returns when every collector has ended once and the API server is known. */
    static AgentProcess start(
            Path program, Path folder, String yaml, Map<String, String> environment, ControlPlane plane)
            throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("highwater.yaml"), yaml);
        var log = folder.resolve("highwater.log");
        int web = FreePort.next();
        int metricsApi = FreePort.next();
        int keda = FreePort.next();
        var builder = new ProcessBuilder(
                        program.toString(),
                        "agent",
                        "--config.file=" + file,
                        "--web.listen-address=127.0.0.1:" + web,
                        "--metrics-api.listen-address=127.0.0.1:" + metricsApi,
                        "--metrics-api.tls-cert-file=" + plane.adapterCertificate(),
                        "--metrics-api.tls-key-file=" + plane.adapterKey(),
                        "--keda.listen-address=127.0.0.1:" + keda,
                        "--kubeconfig=" + plane.kubeconfig())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(process::destroyForcibly)); // for the day that we are ended ourselves
        var agent = new AgentProcess(process, log, web, metricsApi, keda);
        try {
            agent.await("the agent to be ready", START_LIMIT, agent::isReady);
            return agent;
        } catch (IllegalStateException e) {
            agent.close();
            throw e;
        }
    }

    void await(String what, Duration limit, BooleanSupplier done) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException("waited in vain for " + what + "\n" + logTail());
            }
            Thread.sleep(100);
        }
    }

    private boolean isReady() {
        try {
            return !page("/-/ready").isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** What a path answers; empty when it is not 200. */
    String page(String path) throws IOException {
        var url = URI.create("http://127.0.0.1:" + webPort + path).toURL();
        var connection = (HttpURLConnection) url.openConnection();
        connection.setReadTimeout(10_000);
        if (connection.getResponseCode() != 200) {
            return "";
        }
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The sum of the series of a family whose line begins like that, from the agent's page. */
    double sum(String beginning) throws IOException {
        return page("/metrics")
                .lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    int metricsApiPort() {
        return metricsApiPort;
    }

    int kedaPort() {
        return kedaPort;
    }

    /** Used so far, by all threads. */
    long cpuMillis() throws IOException {
        var fields = after(Files.readString(Path.of("/proc/" + process.pid() + "/stat")), ") ")
                .split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * CLOCK_TICK_MILLIS;
    }

    /** Resident, in MB. */
    double residentMegabytes() throws IOException {
        var status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
        var kilobytes = after(status, "VmRSS:").strip().split(" ", 2)[0];
        return Long.parseLong(kilobytes) * 1024 / 1e6;
    }

    private static String after(String text, String marker) {
        return text.substring(text.lastIndexOf(marker) + marker.length());
    }

    String logTail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "without a log";
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
