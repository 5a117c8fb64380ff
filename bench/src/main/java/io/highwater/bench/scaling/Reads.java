// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench.scaling;

import io.highwater.lab.ControlPlane;
import java.io.IOException;
import java.util.List;

/** What reads of external metrics cost, how soon they are answered, and what the backends see of them. */
final class Reads {

    private static final int CONNECTIONS = 16;
    private static final String DISCOVERY = "/apis/external.metrics.k8s.io/v1beta1";

    /** As the API server forwards what the autoscaler asks. */
    private static final List<String> AUTOSCALER = List.of(
            "Accept: application/vnd.kubernetes.protobuf, */*",
            "X-Remote-User: system:serviceaccount:kube-system:horizontal-pod-autoscaler",
            "X-Remote-Group: system:serviceaccounts",
            "X-Remote-Group: system:serviceaccounts:kube-system",
            "X-Remote-Group: system:authenticated",
            "X-Remote-Extra-Authentication.kubernetes.io%2fpod-Name: kcm-1");

    /** As the API server asks for itself. */
    private static final List<String> AGGREGATOR = List.of(
            "Accept: application/json", "X-Remote-User: system:kube-aggregator", "X-Remote-Group: system:masters");

    private final ControlPlane plane;
    private final AgentProcess agent;
    private final Backends backends;
    private final Configuration configuration;
    private final Options options;

    Reads(ControlPlane plane, AgentProcess agent, Backends backends, Configuration configuration, Options options) {
        this.plane = plane;
        this.agent = agent;
        this.backends = backends;
        this.configuration = configuration;
        this.options = options;
    }

    /** Until everybody has read once and the JVM knows what is asked of it. */
    void warm() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            load(CONNECTIONS, options.rate(), Math.min(10, options.seconds()), options.readers());
        }
    }

    private Load.Outcome load(int connections, int rate, int seconds, int readers)
            throws IOException, InterruptedException {
        var paths = configuration.paths(backends, readers);
        return new Load(connections, rate, seconds, paths, AUTOSCALER)
                .run(plane.frontProxyContext(), agent.metricsApiPort());
    }

    static void printHead(Configuration of, int seconds) {
        System.out.printf(
                "%n| %,d signals, %d s each; reads a second | readers | backends | p50, ms | p99, ms | at most, ms"
                        + " | sent late, p99, ms | not 200 | asked of the API server, a second | CPU of 1,000 reads, ms | RSS, MB |%n",
                of.signals(), seconds);
        System.out.println("|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    }

    /** A row of a table; the processor time is what was used more than without readers. */
    void print(int readers, String of) throws IOException, InterruptedException {
        long began = agent.cpuMillis();
        Thread.sleep(options.seconds() * 1000L);
        long idle = agent.cpuMillis() - began;
        double asked = reviews();
        long before = agent.cpuMillis();
        var outcome = load(CONNECTIONS, options.rate(), options.seconds(), readers);
        long busy = agent.cpuMillis() - before;
        double perThousand = (busy - idle) * 1e3 / (options.rate() * options.seconds());
        System.out.printf(
                "| %,d | %,d | %s | %s | %s | %s | %s | %s | %s |%n",
                options.rate(),
                readers,
                of,
                outcome.latencies().cells(),
                outcome.lateness().at(0.99),
                failures(outcome),
                Latencies.number((reviews() - asked) / options.seconds()),
                Latencies.number(perThousand),
                Latencies.number(agent.residentMegabytes()));
        System.err.printf("  CPU without readers: %.1f ms/s%n", (double) idle / options.seconds());
    }

    private double reviews() throws IOException {
        return agent.sum("highwater_kubernetes_review_duration_seconds_count{");
    }

    private static String failures(Load.Outcome outcome) {
        return outcome.failed() == 0 ? "0" : outcome.failed() + " " + outcome.errors();
    }

    void printDiscovery(String of, int seconds) throws IOException, InterruptedException {
        var outcome = new Load(4, 100, seconds, List.of(DISCOVERY), AGGREGATOR)
                .run(plane.frontProxyContext(), agent.metricsApiPort());
        System.out.printf(
                "| %s | %,d | %s | %s |%n",
                of, outcome.latencies().count(), outcome.latencies().cells(), failures(outcome));
    }

    /** What backends see while so many readers read twice a second, each over a connection of its own. */
    void printConnections(int readers, int seconds) throws IOException, InterruptedException {
        var before = seen();
        long began = System.nanoTime();
        if (readers == 0) {
            Thread.sleep(seconds * 1000L);
        } else {
            load(readers, 2 * readers, seconds, options.readers());
        }
        double took = (System.nanoTime() - began) / 1e9;
        var after = seen();
        var cells = new StringBuilder("| " + readers);
        for (int i = 0; i < after.size(); i++) {
            cells.append(" | ").append(after.get(i).connections());
            cells.append(" | ")
                    .append(Latencies.number(
                            (after.get(i).commands() - before.get(i).commands()) / took));
        }
        System.out.println(cells + " |");
    }

    private List<Backends.Seen> seen() {
        return List.of(backends.nats(), backends.redis(), backends.postgres());
    }
}
