// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.runbooks;

import static org.awaitility.Awaitility.await;

import io.highwater.agent.Agent;
import io.highwater.agent.AgentOptions;
import io.highwater.agent.config.ConfigException;
import io.highwater.core.Level;
import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import io.highwater.lab.AlertmanagerServer;
import io.highwater.lab.FreePort;
import io.highwater.lab.NatsUser;
import io.highwater.lab.PrometheusServer;
import io.highwater.rules.RuleFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One agent that watches all of it, one Prometheus with the rules that scrapes the agent, and one Alertmanager. */
final class AgentFixtures implements AutoCloseable {

    private static final String SCALING = """
            signals:
              mails:
                family: bullmq_job_count
                where: { cluster: jobs, queue: mails, state: waiting }
              workers: { family: bullmq_queue_workers, where: { cluster: jobs, queue: mails } }
              refunds: { query: refunds }
            policies:
              mailer:
                scale: shop/deployment/mailer
                replicas: workers
                max: 2
                inputs: [ { signal: mails, perReplica: 5 } ]
              refunder:
                scale: shop/deployment/refunder
                replicas: workers
                max: 5
                inputs: [ { signal: refunds, perReplica: 5 } ]
            """;

    private final Path config;
    private final AlertmanagerServer alertmanager;
    private final PrometheusServer prometheus;
    private final Agent agent;

    AgentFixtures(Path folder, List<? extends Fixtures> watched) throws IOException, ConfigException {
        int port = FreePort.next();
        alertmanager = AlertmanagerServer.start("{route: {receiver: nobody}, receivers: [{name: nobody}]}");
        var rules = new RuleFile(Level.L3, "http://127.0.0.1:" + port + "/runbooks", "http://grafana.invalid");
        prometheus = PrometheusServer.scraping(port)
                .alerting(Map.of("highwater.yml", rules.yaml()), alertmanager)
                .start();
        config = folder.resolve("highwater.yaml");
        var yaml = new StringBuilder("clusters:\n");
        watched.forEach(fixtures -> yaml.append(fixtures.clusters().indent(0)));
        Files.writeString(config, yaml.append(apps()).append(SCALING));
        agent = Agent.start(
                AgentOptions.of(config).listen("127.0.0.1:" + port).environment(environment()),
                new Log(LogFormat.LOGFMT, LogLevel.ERROR, OutputStream.nullOutputStream()));
        await().atMost(Duration.ofSeconds(30)).until(agent::ready);
    }

    /** One that answers and one that does not, a query that is wrong, a page that is none; what is not there. */
    private String apps() {
        return """
                  apps:
                    prometheus:
                      servers: { prom-1: "%s", prom-2: "http://127.0.0.1:%d" }
                      queries: { refunds: "sum(refunds" }
                    metrics:
                      endpoints: { shop-1: "%s/-/healthy" }
                      keep: [ "shop_*" ]
                    probe:
                      probes:
                        checkout: { http: { url: "%s/nowhere" }, interval: 1s }
                        wallet: { file: { path: /nowhere/wallet.json } }
                """.formatted(prometheus.url(), FreePort.next(), prometheus.url(), prometheus.url());
    }

    private static Map<String, String> environment() {
        var environment = new HashMap<>(MinioFixtures.SECRETS);
        environment.put("PG_PASSWORD", PostgresFixtures.PASSWORD);
        environment.put("NATS_MONITOR_PASSWORD", NatsUser.MONITOR.secret());
        return environment;
    }

    /** Every block may use these. */
    Map<String, String> everywhere() {
        return Map.of(
                "HIGHWATER", agent.url().toString(),
                "PROMETHEUS", prometheus.url(),
                "ALERTMANAGER", alertmanager.url(),
                "CONFIG", config.toString(),
                "NEW_DATA", config.resolveSibling("new-data").toString());
    }

    List<Fixture> all() {
        return List.of(
                Fixture.of("agent", Map::of),
                Fixture.of("prometheus", Map::of),
                Fixture.of("checkout", () -> Map.of("CLUSTER", "apps", "NODE", "checkout")),
                Fixture.of("wallet", () -> Map.of("CLUSTER", "apps", "NODE", "wallet")));
    }

    @Override
    public void close() {
        agent.close();
        prometheus.close();
        alertmanager.close();
    }
}
