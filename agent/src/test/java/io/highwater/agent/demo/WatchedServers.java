// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.agent.Agent;
import io.highwater.agent.AgentOptions;
import io.highwater.agent.PrometheusServer;
import io.highwater.agent.config.ConfigException;
import io.highwater.core.Level;
import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import io.highwater.lab.RedisPlan;
import io.highwater.lab.RedisSet;
import io.highwater.rules.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * All servers of the demo and a second cluster, a Redis with Sentinels, a real agent that watches them, and a real
 * Prometheus with our rules that scrapes it: what dashboards are asked about, before, during and after failovers.
 */
final class WatchedServers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Backends backends;
    private final RedisSet sentinels;
    private final DemoFolder folder = DemoFolder.create();
    private final Agent agent;
    private final PrometheusServer prometheus;

    private WatchedServers(Path temporary) throws IOException, ConfigException {
        backends = Backends.start();
        sentinels = plan().start();
        backends.running().forEach(this::prepare);
        folder.configure(backends.running()); // for the passwords beside it
        Files.writeString(folder.config(), configuration());
        agent = Agent.start(
                AgentOptions.of(folder.config()).listen("127.0.0.1:0"),
                new Log(LogFormat.LOGFMT, LogLevel.WARN, folder.log()));
        // Our groups are computed every 15 s or less often.
        var rules = new RuleFile(Level.L3, "http://runbooks", "http://grafana")
                .yaml()
                .replaceAll("interval: \\S+", "interval: 1s");
        prometheus = PrometheusServer.scraping(agent.url(), temporary.resolve("prometheus"), rules);
    }

    static WatchedServers start(Path temporary) throws IOException, ConfigException {
        return new WatchedServers(temporary);
    }

    private static RedisPlan plan() {
        return RedisSet.plan().replicas(2).sentinels(3);
    }

    /** What the demo has not: claims, a list of jobs. */
    private void prepare(Backend backend) {
        switch (backend) {
            case PostgresBackend postgres -> {
                var primary = postgres.primary();
                primary.execute("CREATE TABLE payouts (state text, updated_at timestamptz DEFAULT now())");
                primary.execute("INSERT INTO payouts SELECT 'claimed' FROM generate_series(1, 5)");
                primary.execute("CREATE INDEX ON payouts (state, updated_at)");
                primary.execute("GRANT SELECT ON payouts TO " + PostgresBackend.USER);
                primary.execute("SELECT pg_create_physical_replication_slot('forgotten', true)");
            }
            case RedisBackend redis ->
                redis.servers()
                        .master()
                        .command("RPUSH", "exports", "{\"at\":" + Instant.now().toEpochMilli() + "}");
            default -> {}
        }
    }

    private String configuration() {
        var text = new StringBuilder("clusters:\n  demo:\n    level: L3\n");
        for (var backend : backends.running()) {
            text.append("    ").append(backend.component()).append(":\n");
            backend.settings()
                    .forEach(line -> text.append("      ").append(line).append('\n'));
            text.append(
                    switch (backend) {
                        case PostgresBackend _ -> FAST;
                        case RedisBackend _ ->
                            "      collectors: { commands: { interval: 2s }, settings: { interval: 2s } }\n";
                        case OutboxBackend _ -> CLAIMS;
                        case StoreBackend store -> minio(store);
                        default -> "";
                    });
        }
        return text.append(QUEUES)
                .append("  cache:\n    level: L2\n    redis:\n")
                .append("      nodes: { ")
                .append(sentinels.servers().stream()
                        .map(one -> one.name() + ": \"" + one.address() + "\"")
                        .collect(Collectors.joining(", ")))
                .append(" }\n")
                .append("      sentinels: { ")
                .append(sentinels.sentinels().stream()
                        .map(one -> one.name() + ": \"" + one.address() + "\"")
                        .collect(Collectors.joining(", ")))
                .append(" }\n")
                .append(SCALING)
                .toString();
    }

    private static final String FAST = """
                  collectors:
                    slots: { interval: 2s }
                    archiver: { interval: 2s }
                    activity: { interval: 2s }
                    locks: { interval: 2s }
                    databases: { interval: 2s }
                    wal: { interval: 2s }
                    statements: { interval: 2s }
                    tables: { interval: 2s }
                    settings: { interval: 2s }
                    sizes: { interval: 2s }
            """;

    private static String minio(StoreBackend store) {
        return """
                    minio:
                      nodes: { minio-1: "%s" }
                      accessKey: highwater
                      secretKeyFile: %s
                      collectors: { metrics: { interval: 2s } }
                """.formatted(store.server().url(), StoreBackend.SECRET);
    }

    private static final String CLAIMS = """
                  claims:
                    payouts:
                      table: payouts
                      states: { claimed: { limit: 10s } }
            """;
    private static final String QUEUES = """
                queues:
                  lists: { keys: exports, timestampField: at }
                  collectors: { state: { interval: 1s } }
            """;
    private static final String SCALING = """
            signals:
              lag: { family: nats_consumer_num_pending, where: { consumer_name: billing } }
              mails: { family: bullmq_job_count, where: { queue: mails, state: waiting } }
            policies:
              billing:
                scale: shop/deployment/billing
                max: 10
                inputs: [ { signal: lag, perReplica: 20 } ]
              mailer:
                scale: shop/deployment/mailer
                max: 5
                inputs: [ { signal: mails, perReplica: 10 } ]
            """;

    PrometheusServer prometheus() {
        return prometheus;
    }

    RedisSet sentinels() {
        return sentinels;
    }

    void act(Action action) {
        backends.act(action);
    }

    /** Until Prometheus knows that the cluster demo has so many primaries of Postgres. */
    void awaitPrimaries(int count) {
        await("max(ha_primary_count{component='postgres', cluster='demo'}) == " + count);
    }

    /** Until the query has a value. */
    void await(String query) {
        Awaitility.await().atMost(PATIENCE).until(() -> prometheus.value(query).isPresent());
    }

    @Override
    public void close() {
        prometheus.close();
        agent.close();
        backends.close();
        sentinels.close();
        folder.close();
    }
}
