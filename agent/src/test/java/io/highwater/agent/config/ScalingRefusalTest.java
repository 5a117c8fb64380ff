// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.agent.InstalledExporters;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads when signals or policies are wrong. */
class ScalingRefusalTest {

    /** Seven lines. */
    private static final String CLUSTERS = """
            clusters:
              bus:
                labels: {team: payments}
                jetstream: {servers: ["nats://n1:4222"]}
              apps:
                prometheus: {servers: {p: "http://p:9090"}, queries: {gateway-rps: "sum(up)", wallet-cpu: "avg(cpu)"}}
            signals:
            """;

    private static final String LAG = "  lag: {family: nats_consumer_num_pending}\n";

    private Directory directory;

    @BeforeEach
    void directory(@TempDir Path path) {
        directory = new Directory(path);
    }

    private String refusal(String rest) {
        return directory.with("highwater.yaml", CLUSTERS + rest).refusal(InstalledExporters.load());
    }

    @Test
    void familiesThatAreNone() {
        assertThat(refusal("""
                  near: {family: nats_consumer_num_pendin}
                  far:
                    family: apples
                """)).isEqualTo("""
                X""");
    }

    @Test
    void numbersThatAFamilyCannotGive() {
        assertThat(refusal("""
                  histogram: {family: bullmq_job_wait_seconds}
                  rate:
                    family: nats_consumer_num_pending
                    rate: 1m
                  slope:
                    family: nats_consumer_given_up_total
                    slope: 1m
                """)).isEqualTo("""
                X""");
    }

    @Test
    void labelsThatTheSeriesDoNotHave() {
        assertThat(refusal("""
                  where: {family: nats_consumer_num_pending, where: {stream: PAYOUTS}}
                  by: {family: nats_consumer_num_pending, by: [consumer]}
                  configured: {family: nats_consumer_num_pending, where: {team: payments}}
                """)).isEqualTo("""
                X""");
    }

    @Test
    void whatNobodyWatches() {
        assertThat(refusal("""
                  component: {family: pg_connections_used}
                  cluster:
                    family: nats_consumer_num_pending
                    where: {cluster: jobs}
                  metric: {metric: queue_depth}
                """)).isEqualTo("""
                X""");
    }

    @Test
    void queriesThatAreNotWritten() {
        assertThat(refusal("""
                  near: {query: gateway-rsp}
                  far: {query: latency}
                """)).isEqualTo("""
                X""");
    }

    @Test
    void signalsThatAreNotOne() {
        assertThat(refusal("""
                  nothing: {where: {cluster: bus}}
                  both: {family: nats_consumer_num_pending, query: gateway-rps}
                  short: {family: nats_consumer_num_pending, slope: 1s}
                  object: {family: nats_consumer_num_pending, objects: [wallet/worker]}
                  many: {family: nats_consumer_num_pending, aggregate: median}
                """)).isEqualTo("""
                X""");
    }

    @Test
    void names() {
        assertThat(refusal(LAG + """
                  Lag_2: {family: nats_consumer_num_pending}
                  status: {family: nats_consumer_num_pending}
                policies:
                  lag: {scale: wallet/deployment/worker, max: 3, inputs: [{signal: lag, perReplica: 1}]}
                """)).isEqualTo("""
                X""");
    }

    @Test
    void signalsThatPoliciesDoNotFind() {
        assertThat(refusal(LAG + """
                policies:
                  input: {scale: wallet/deployment/worker, max: 3, inputs: [{signal: lags, perReplica: 1}]}
                  guard:
                    scale: wallet/deployment/worker
                    max: 3
                    inputs: [{signal: lag, perReplica: 1}]
                    guards: [{dependency: {signal: latency, above: 1}}]
                  connections:
                    scale: wallet/deployment/worker
                    max: 3
                    inputs: [{signal: lag, perReplica: 1}]
                    guards: [{connections: {cluster: wallet-db, perReplica: 1}}]
                  backlog:
                    scale: wallet/deployment/worker
                    max: 3
                    inputs: [{drain: {backlog: {cluster: jobs, component: bullmq, name: x}}}]
                """)).isEqualTo("""
                X""");
    }

    @Test
    void whatPoliciesThemselvesRefuse() {
        assertThat(refusal(LAG + """
                policies:
                  bounds: {scale: wallet/deployment/worker, min: 3, max: 2, inputs: [{signal: lag, perReplica: 1}]}
                  target: {scale: wallet/worker, max: 2, inputs: [{signal: lag, perReplica: 1}]}
                  kind: {scale: wallet/pod/worker, max: 2, inputs: [{signal: lag, perReplica: 1}]}
                  nothing: {scale: wallet/deployment/worker, max: 2, inputs: []}
                  way: {scale: wallet/deployment/worker, max: 2, inputs: [{signal: lag}]}
                  signal: {scale: wallet/deployment/worker, max: 2, inputs: [{perReplica: 3}]}
                  zero: {scale: wallet/deployment/worker, max: 2, inputs: [{signal: lag, perReplica: 0}]}
                  drain: {scale: wallet/deployment/worker, max: 2, inputs: [{drain: {within: 1m}}]}
                  ceiling: {scale: wallet/deployment/worker, max: 2, inputs: [{drain: {items: lag, ceiling: {}}}]}
                  guard:
                    scale: wallet/deployment/worker
                    max: 2
                    inputs: [{signal: lag, perReplica: 1}]
                    guards: [{mayShrink: true}, {dependency: {signal: lag}}, {rateLimit: {limit: 0}}]
                """)).isEqualTo("""
                X""");
    }
}
