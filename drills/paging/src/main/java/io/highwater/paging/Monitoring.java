// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import static java.util.stream.Collectors.joining;

import io.highwater.agent.Agent;
import io.highwater.agent.AgentOptions;
import io.highwater.agent.config.ConfigException;
import io.highwater.core.Level;
import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import io.highwater.lab.AlertmanagerServer;
import io.highwater.lab.FreePort;
import io.highwater.lab.HeldAlert;
import io.highwater.lab.Notification;
import io.highwater.lab.PrometheusServer;
import io.highwater.lab.Series;
import io.highwater.lab.WebhookReceiver;
import io.highwater.rules.AlertmanagerConfig;
import io.highwater.rules.RuleFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that lies between a failure and a person, as it is shipped: an agent, a Prometheus with the rules of a level, an
 * Alertmanager with its routes, and who is on call. Thread-safe.
 */
final class Monitoring implements AutoCloseable {

    static final String JOB = "highwater";

    private final Level level;
    private final Path folder;
    private final int port = FreePort.next();
    private final WebhookReceiver onCall = WebhookReceiver.start();
    private final AlertmanagerServer alertmanager;
    private final PrometheusServer prometheus;
    private final Map<String, List<String>> clusters = new TreeMap<>();
    private @Nullable Agent agent;

    private Monitoring(Level level) throws IOException {
        this.level = level;
        folder = Files.createTempDirectory("highwater-drill-");
        alertmanager = AlertmanagerServer.start(routes(level));
        var rules = new RuleFile(level, "http://127.0.0.1:" + port + "/runbooks", "http://grafana.invalid");
        prometheus = PrometheusServer.scraping(port)
                .job(JOB)
                .interval(RuleFile.interval(level))
                .alerting(Map.of("highwater.yml", rules.yaml()), alertmanager)
                .start();
        // An agent has to have something to watch, and drills come and go.
        clusters.put(
                "monitoring",
                List.of(
                        "prometheus:",
                        "  servers: { prometheus: \"" + prometheus.url() + "\" }",
                        "  queries: { always: vector(1) }"));
        configure();
    }

    /** Without an agent, which comes when there is something to watch. */
    static Monitoring start(Level level) {
        try {
            return new Monitoring(level);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String routes(Level of) {
        return Stream.of(AlertmanagerConfig.Receiver.values())
                .reduce(
                        AlertmanagerConfig.of(of),
                        (config, receiver) -> config.webhook(receiver, onCall.url()),
                        (one, _) -> one)
                .yaml();
    }

    Level level() {
        return level;
    }

    /** Has the agent watch this, under that name, too. */
    synchronized void watch(String cluster, Stack stack) {
        clusters.put(cluster, stack.components());
        configure();
    }

    /** Has the agent forget a cluster. */
    synchronized void forget(String cluster) {
        clusters.remove(cluster);
        configure();
    }

    synchronized void startAgent() {
        var options = AgentOptions.of(file()).listen("127.0.0.1:" + port).environment(Stack.SECRETS);
        try {
            agent = Agent.start(options, new Log(LogFormat.LOGFMT, LogLevel.ERROR, log()));
        } catch (ConfigException e) {
            throw new IllegalStateException("the agent refuses its configuration", e);
        }
    }

    synchronized void stopAgent() {
        if (agent != null) {
            agent.close();
            agent = null;
        }
    }

    private void configure() {
        var text = clusters.entrySet().stream()
                .map(cluster -> "  " + cluster.getKey() + ":\n    level: " + level + "\n"
                        + cluster.getValue().stream()
                                .map(line -> "    " + line + "\n")
                                .collect(joining()))
                .collect(joining("", "clusters:\n", ""));
        try {
            Files.writeString(file(), text);
            if (agent != null) {
                agent.reload();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfigException e) {
            throw new IllegalStateException("the agent refuses its configuration:\n" + text, e);
        }
    }

    private Path file() {
        return folder.resolve("highwater.yaml");
    }

    private OutputStream log() {
        try {
            return Files.newOutputStream(folder.resolve("agent.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The series that Prometheus has for a query now. */
    List<Series> query(String query) {
        synchronized (prometheus) {
            return prometheus.vector(query);
        }
    }

    /** How long Prometheus took for all rules the last time, in seconds. */
    double ruleSeconds() {
        synchronized (prometheus) {
            return prometheus.ruleSeconds();
        }
    }

    /** The alerts of a cluster that Alertmanager holds; of none when empty. */
    List<HeldAlert> held(String cluster) {
        synchronized (alertmanager) {
            return alertmanager.alerts().stream()
                    .filter(alert -> alert.label("cluster").equals(cluster))
                    .toList();
        }
    }

    /** What a receiver was told of a cluster so far. */
    List<Notification> told(AlertmanagerConfig.Receiver receiver, String cluster) {
        return onCall.to(receiver.id()).stream()
                .filter(one -> one.alerts().stream()
                        .anyMatch(alert -> alert.label("cluster").equals(cluster)))
                .toList();
    }

    @Override
    public synchronized void close() {
        stopAgent();
        prometheus.close();
        alertmanager.close();
        onCall.close();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
