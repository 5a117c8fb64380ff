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

    /** Eight lines. */
    private static final String CLUSTERS = """
            clusters:
              bus:
                labels: {team: payments}
                jetstream: {servers: ["nats://n1:4222"]}
              jobs: {bullmq: {redis: {nodes: {r: "r:6379"}}}}
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
                highwater.yaml:9:10: signals.near.family: unknown family; did you mean "nats_consumer_num_pending"?
                highwater.yaml:11:5: signals.far.family: unknown family; highwater families lists them""");
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
                highwater.yaml:9:15: signals.histogram.family: bullmq_job_wait_seconds is a histogram, which is not one number; ask a Prometheus with query:
                highwater.yaml:12:5: signals.rate.rate: nats_consumer_num_pending is no counter; write slope: for a gauge
                highwater.yaml:15:5: signals.slope.slope: nats_consumer_given_up_total is a counter; write rate: for a counter""");
    }

    @Test
    void labelsThatTheSeriesDoNotHave() {
        assertThat(refusal("""
                  where: {family: nats_consumer_num_pending, where: {stream: PAYOUTS}}
                  by: {family: nats_consumer_num_pending, by: [consumer]}
                  configured: {family: nats_consumer_num_pending, where: {team: payments}}
                """)).isEqualTo("""
                highwater.yaml:9:46: signals.where.where: unknown label "stream"; did you mean "team"? (known: account, cluster, component, consumer_name, node, role, stream_name, team)
                highwater.yaml:10:43: signals.by.by: unknown label "consumer"; known: account, cluster, component, consumer_name, node, role, stream_name, team""");
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
                highwater.yaml:9:15: signals.component.family: nothing that is configured has pg_connections_used; it comes from a component postgres
                highwater.yaml:11:5: signals.cluster.family: no cluster that has nats_consumer_num_pending is as where: says; it is in bus/jetstream
                highwater.yaml:13:12: signals.metric.metric: nothing that is configured has queue_depth; it comes from a component metrics""");
    }

    @Test
    void queriesThatAreNotWritten() {
        assertThat(refusal("""
                  near: {query: gateway-rsp}
                  far: {query: latency}
                """)).isEqualTo("""
                highwater.yaml:9:10: signals.near.query: unknown query; did you mean "gateway-rps"? (known: gateway-rps, wallet-cpu)
                highwater.yaml:10:9: signals.far.query: unknown query; known: gateway-rps, wallet-cpu""");
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
                highwater.yaml:9:3: signals.nothing: needs one of family:, query: and metric:
                highwater.yaml:10:3: signals.both: needs one of family:, query: and metric:
                highwater.yaml:11:46: signals.short.slope: must be at least 2s
                highwater.yaml:12:47: signals.object.objects: "wallet/worker" is not namespace/resource/name
                highwater.yaml:13:45: signals.many.aggregate: expected one of sum, max, min, avg, count, found "median\"""");
    }

    @Test
    void names() {
        assertThat(refusal(LAG + """
                  Lag_2: {family: nats_consumer_num_pending}
                  status: {family: nats_consumer_num_pending}
                policies:
                  lag: {scale: wallet/deployment/worker, max: 3, inputs: [{signal: lag, perReplica: 1}]}
                """)).isEqualTo("""
                highwater.yaml:10:3: signals.Lag_2: a name is lower case letters, digits, - and ., at most 63, and not status or finalize; Kubernetes asks for it by that name
                highwater.yaml:11:3: signals.status: a name is lower case letters, digits, - and ., at most 63, and not status or finalize; Kubernetes asks for it by that name
                highwater.yaml:13:3: policies.lag: two signals or policies have that name; the first is highwater.yaml:9:3""");
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
                    inputs: [{drain: {backlog: {cluster: job, component: bullmq, name: x}}}]
                """)).isEqualTo("""
                highwater.yaml:11:3: policies.input: unknown signal "lags"; did you mean "lag"? (known: lag)
                highwater.yaml:12:3: policies.guard: unknown signal "latency"; known: lag
                highwater.yaml:17:3: policies.connections: nothing that is configured has pg_connections_usable; it comes from a component postgres
                highwater.yaml:22:3: policies.backlog: no cluster that has ha_backlog_items is as where: says; it is in bus/jetstream, jobs/bullmq""");
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
                highwater.yaml:11:53: policies.bounds.max: must be at least 1, and not below min
                highwater.yaml:12:12: policies.target.scale: "wallet/worker" is not namespace/deployment/name
                highwater.yaml:13:10: policies.kind.scale: "pod" is not deployment, statefulset or a plural with its group such as workers.example.org
                highwater.yaml:14:54: policies.nothing.inputs: without one there is nothing to scale by
                highwater.yaml:15:59: policies.way.inputs[0]: needs one of perReplica:, keepAt: and drain:
                highwater.yaml:16:62: policies.signal.inputs[0].signal: goes with perReplica: or keepAt:
                highwater.yaml:17:74: policies.zero.inputs[0].perReplica: must be above 0
                highwater.yaml:18:62: policies.drain.inputs[0].drain: needs one of backlog: and items:
                highwater.yaml:19:84: policies.ceiling.inputs[0].drain.ceiling: needs one of value: and signal:
                highwater.yaml:24:14: policies.guard.guards[0]: needs one of connections:, dependency: and rateLimit:
                highwater.yaml:24:34: policies.guard.guards[1].dependency: needs one of above: and below:
                highwater.yaml:24:75: policies.guard.guards[2].rateLimit.limit: must be above 0""");
    }
}
