// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench.scaling;

import io.highwater.lab.ControlPlane;
import io.highwater.lab.ControlPlaneBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * What autoscalers get of an agent that watches real servers beside a real API server, and how soon. Prints tables in
 * Markdown; started by bench/scaling.
 */
final class ScalingBench {

    private static final String GROUP = "external.metrics.k8s.io";
    private static final int SOURCES = 3;
    private static final int[] READERS = {0, 1, 10, 100, 500};

    private final Options options;
    private final Configuration configuration;

    private ScalingBench(Options options) {
        this.options = options;
        this.configuration = new Configuration(options.signals());
    }

    /** A part, with everything running that it needs. */
    private interface Part {
        void measure(ControlPlane plane, Backends backends, AgentProcess agent)
                throws IOException, InterruptedException, ExecutionException;
    }

    @SuppressWarnings("CatchingUnchecked") // whatever it is, what runs has to be stopped
    public static void main(String[] args) {
        var options = Options.of(args);
        var missing = ControlPlaneBinaries.missing(options.measures("keda"));
        if (missing.isPresent()) {
            System.err.println(missing.get());
            System.exit(1);
        }
        try {
            new ScalingBench(options).run();
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // stops what the lab started, too
        }
    }

    private void run() throws Exception {
        say("starting NATS, Redis and Postgres …");
        try (var backends = Backends.start(SOURCES)) {
            if (Stream.of("reads", "discovery", "events", "connections", "hpa").anyMatch(options::measures)) {
                with(false, backends, this::measure);
            }
            if (options.measures("keda")) {
                with(true, backends, this::measureKeda);
            }
        }
    }

    private void with(boolean keda, Backends backends, Part part) throws Exception {
        say("starting Kubernetes' control plane" + (keda ? " with KEDA …" : " …"));
        var plan = ControlPlane.plan().downscaleStabilization(Duration.ofSeconds(1));
        var folder = Files.createTempDirectory("highwater-bench-");
        try (var plane = (keda ? plan.withKeda() : plan).start()) {
            plane.createNamespace(Configuration.NAMESPACE);
            plane.apply(Configuration.deployments(backends.work().keySet()));
            say("starting the agent …");
            try (var agent = AgentProcess.start(
                    options.program(), folder, configuration.yaml(backends), environment(backends), plane)) {
                agent.await("signals", Duration.ofSeconds(60), () -> allAreKnown(agent));
                part.measure(plane, backends, agent);
            }
        } finally {
            delete(folder);
        }
    }

    private Map<String, String> environment(Backends backends) {
        var environment = new HashMap<>(backends.passwords());
        if (!options.heap().isEmpty()) {
            environment.put("HIGHWATER_JAVA_OPTS", "-Xmx" + options.heap());
        }
        return environment;
    }

    private static boolean allAreKnown(AgentProcess agent) {
        try {
            var page = agent.page("/signals");
            return !page.isEmpty() && !page.contains("\"reason\"");
        } catch (IOException e) {
            return false;
        }
    }

    private void measure(ControlPlane plane, Backends backends, AgentProcess agent)
            throws IOException, InterruptedException, ExecutionException {
        var reads = new Reads(plane, agent, backends, configuration, options);
        if (options.measures("reads") || options.measures("discovery")) {
            say("reads: warming up …");
            reads.warm();
        }
        if (options.measures("reads")) {
            measureReads(reads);
        }
        if (options.measures("connections")) {
            measureConnections(reads);
        }
        if (options.measures("events")) {
            measureEvents(backends, agent);
        }
        if (options.measures("hpa")) {
            measureAutoscaler(plane, backends, agent);
        }
        if (options.measures("discovery")) { // last, as it leaves backends that have to recover
            measureOutage(reads, backends);
        }
    }

    private void measureReads(Reads reads) throws IOException, InterruptedException {
        say("reads …");
        Reads.printHead(configuration, options.seconds());
        reads.print(options.readers(), "well");
        reads.print(options.readers() / 10, "well");
        reads.print(options.readers() / 100, "well");
    }

    private void measureConnections(Reads reads) throws IOException, InterruptedException {
        say("connections …");
        System.out.println(
                "\n| readers, each over a connection, twice a second | NATS: connections of the agent | messages a second"
                        + " | Redis: connections | commands a second | Postgres: connections | transactions a second |");
        System.out.println("|--:|--:|--:|--:|--:|--:|--:|");
        for (int readers : READERS) {
            reads.printConnections(readers, Math.max(4, options.seconds() / 3));
        }
    }

    private void measureEvents(Backends backends, AgentProcess agent) throws InterruptedException, ExecutionException {
        say("events …");
        var measured =
                Pushes.measure(backends.work(), agent.kedaPort(), Math.max(1, Math.ceilDiv(options.events(), SOURCES)));
        System.out.println("\n| from the event to `StreamIsActive` | events | p50, ms | p99, ms | at most, ms |");
        System.out.println("|---|--:|--:|--:|--:|");
        measured.forEach((kind, latencies) ->
                System.out.printf("| %s | %d | %s |%n", kind, latencies.count(), latencies.cells()));
    }

    private void measureAutoscaler(ControlPlane plane, Backends backends, AgentProcess agent)
            throws InterruptedException {
        say("HorizontalPodAutoscaler …");
        plane.register(GROUP, "v1beta1", agent.metricsApiPort(), plane.authority());
        plane.awaitAvailable(GROUP, "v1beta1");
        var replicas = new Replicas(plane, work(backends), "nats-0");
        replicas.applyAutoscaler();
        printReplicas(
                "HorizontalPodAutoscaler that looks every second, 1 → 3", replicas.measure(options.rounds(), 30, 1, 3));
    }

    private void measureKeda(ControlPlane plane, Backends backends, AgentProcess agent) throws InterruptedException {
        say("KEDA …");
        var replicas = new Replicas(plane, work(backends), "nats-0");
        replicas.applyScaledObject(agent.kedaPort());
        printReplicas("ScaledObject with external-push, 0 → 1", replicas.measure(options.rounds(), 1, 0, 1));
    }

    private static Work work(Backends backends) {
        return backends.work().values().iterator().next();
    }

    private static void printReplicas(String of, Latencies latencies) {
        System.out.println(
                "\n| from the message to the Deployment's replicas | times | p50, ms | p99, ms | at most, ms |");
        System.out.println("|---|--:|--:|--:|--:|");
        System.out.printf("| %s | %d | %s |%n", of, latencies.count(), latencies.cells());
    }

    private void measureOutage(Reads reads, Backends backends) throws IOException, InterruptedException {
        int seconds = Math.min(10, options.seconds());
        System.out.println("\n| discovery, 100 a second | answers | p50, ms | p99, ms | at most, ms | not 200 |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        reads.printDiscovery("backends well", seconds);
        say("discovery with all backends dead …");
        backends.pause();
        try {
            Thread.sleep(15_000); // longer than every collector's time-out
            reads.printDiscovery("all backends hang", seconds);
            if (options.measures("reads")) {
                Reads.printHead(configuration, options.seconds());
                reads.print(options.readers(), "all hang");
            }
        } finally {
            backends.resume();
        }
    }

    private static void say(String text) {
        System.err.println(text);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
