// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static io.highwater.dashboards.Panel.lines;
import static io.highwater.dashboards.Panel.stat;
import static io.highwater.dashboards.Panel.table;
import static io.highwater.dashboards.Panel.timeline;

import java.util.List;

/** Signals and policies: what is wanted, what autoscalers are told, and what keeps the two apart. */
final class ScalingDashboard {

    private static final String POLICY = "{policy=~'$policy'}";
    private static final String SIGNAL = "{signal=~'$signal'}";
    private static final String NO_POLICY = "no policies are configured";
    private static final String NO_SIGNAL = "no signals are configured";
    private static final String NO_KUBERNETES = "the agent does not serve Kubernetes' metrics APIs";
    private static final String NO_KEDA = "the agent does not serve KEDA";

    private ScalingDashboard() {}

    static Dashboard of(Limits limits) {
        return new Dashboard(
                "highwater-scaling",
                "Highwater / Scaling",
                "How many workers the work needs, how many autoscalers are told, and what holds or caps that.",
                List.of(
                        new Variable("policy", "Policy", "highwater_policy_held"),
                        new Variable("signal", "Signal", "highwater_signal_quality")),
                List.of(Annotation.RELOADS),
                List.of(problems(), policies(), signals(), kubernetes(limits), keda(limits)));
    }

    private static Row problems() {
        return Row.open(
                "Problems now",
                stat(
                                "Dead signals",
                                "Signals without a number: policies that stand on them hold what runs, or answer an error.")
                        .ask(
                                "sum(min by (signal) (highwater_signal_quality{signal=~'$signal', quality='dead'}))",
                                "signals")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .emptyWhen(NO_SIGNAL),
                stat("Stale signals", "Signals whose source did not answer lately: what runs is held.")
                        .ask(
                                "sum(min by (signal) (highwater_signal_quality{signal=~'$signal', quality='stale'}))",
                                "signals")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .emptyWhen(NO_SIGNAL),
                stat(
                                "Held policies",
                                "They answer what runs, or an error, since not all is known or they only observe.")
                        .ask("sum(min by (policy, namespace) (highwater_policy_held" + POLICY + "))", "policies")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .emptyWhen(NO_POLICY),
                stat("Capped policies", "The work wants more replicas than a limit allows.")
                        .ask(
                                "count(max by (policy, namespace) (highwater_policy_cap_replicas" + POLICY + "))",
                                "policies")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .emptyWhen("none is capped"),
                stat("Policies without an answer", "Autoscalers get an error, and leave what runs as it is.")
                        .ask(
                                "count(max by (policy, namespace) (highwater_policy_held" + POLICY + ") "
                                        + "unless on (policy, namespace) "
                                        + "max by (policy, namespace) (highwater_policy_replicas" + POLICY + "))",
                                "policies")
                        .coloured(Thresholds.ANY_IS_BAD)
                        .emptyWhen("all answer"),
                stat("Replicas wanted", "By all chosen policies together.")
                        .ask(
                                "sum(max by (policy, namespace) (highwater_policy_wanted_replicas" + POLICY + "))",
                                "replicas")
                        .emptyWhen("not known, or no policies"));
    }

    private static Row policies() {
        return Row.open(
                "How many workers does it need?",
                lines("Wanted, answered, running", "What the inputs want, what autoscalers are told, and what runs.")
                        .ask(
                                "max by (policy, namespace) (highwater_policy_wanted_replicas" + POLICY + ")",
                                "{{policy}} wants")
                        .ask(
                                "max by (policy, namespace) (highwater_policy_replicas" + POLICY + ")",
                                "{{policy}} is told")
                        .ask(
                                "max by (policy, namespace) (highwater_policy_running_replicas" + POLICY + ")",
                                "{{policy}} runs")
                        .in(Unit.PLAIN)
                        .emptyWhen(NO_POLICY)
                        .size(12, 9),
                timeline("Held", "When a policy answered what runs instead of what is wanted.")
                        .ask(
                                "min by (policy, namespace) (highwater_policy_held" + POLICY + ")",
                                "{{namespace}} {{policy}}")
                        .meaning(new State(0, "decides", Colour.GREEN), new State(1, "holds", Colour.ORANGE))
                        .emptyWhen(NO_POLICY)
                        .size(12, 9),
                lines("Caps", "The most replicas that each limit allows while more are wanted.")
                        .ask(
                                "max by (policy, namespace, guard) (highwater_policy_cap_replicas" + POLICY + ")",
                                "{{policy}} by {{guard}}")
                        .in(Unit.PLAIN)
                        .emptyWhen("no policy is capped")
                        .size(12, 8),
                timeline("Signals", "What each signal is: fresh, stale or dead.")
                        .ask(
                                "max by (signal) (0 * highwater_signal_quality{signal=~'$signal', quality='fresh'} "
                                        + "+ 2 * highwater_signal_quality{signal=~'$signal', quality='fresh'}) "
                                        + "+ on (signal) max by (signal) "
                                        + "(highwater_signal_quality{signal=~'$signal', quality='stale'})",
                                "{{signal}}")
                        .meaning(
                                new State(2, "fresh", Colour.GREEN),
                                new State(1, "stale", Colour.ORANGE),
                                new State(0, "dead", Colour.RED))
                        .emptyWhen(NO_SIGNAL)
                        .size(12, 8));
    }

    private static Row signals() {
        return Row.folded(
                "Signals",
                lines("Values", "The number of each signal, all its labels together; nothing while it is dead.")
                        .ask("max by (signal) (highwater_signal_value" + SIGNAL + ")", "{{signal}}")
                        .emptyWhen(NO_SIGNAL),
                lines("Age", "Of the oldest sample that each signal is made of.")
                        .ask("min by (signal) (highwater_signal_age_seconds" + SIGNAL + ")", "{{signal}}")
                        .in(Unit.SECONDS)
                        .emptyWhen(NO_SIGNAL),
                table(
                                "Sources that fail",
                                "Queries to Prometheus servers and pages of other programs that gave nothing.",
                                Column.label("cluster"),
                                Column.label("node"),
                                Column.label("query"),
                                Column.value("A", "answered", Unit.PLAIN, Thresholds.NONE, State.YES, State.NO))
                        .ask(
                                "max by (cluster, query) (promql_query_success) == 0 "
                                        + "or max by (cluster, node) (metrics_endpoint_up) == 0",
                                "")
                        .emptyWhen("no source fails")
                        .size(8, 8));
    }

    private static Row kubernetes(Limits limits) {
        return Row.folded(
                "Kubernetes",
                lines("Reads", "Per second, by how they ended.")
                        .ask(
                                "sum by (namespace, result) (rate(highwater_kubernetes_reads_total[$__rate_interval]))",
                                "{{namespace}} {{result}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen(NO_KUBERNETES),
                lines("Oldest sample served", "In the last minutes: how old what an autoscaler decided on was.")
                        .ask("max by (instance) (highwater_kubernetes_served_age_seconds_max)", "{{instance}}")
                        .in(Unit.SECONDS)
                        .emptyWhen(NO_KUBERNETES),
                lines("Asking the API server", "The longest that it took to say who a caller is, and what it may.")
                        .ask(
                                "max by (review, result) (highwater_kubernetes_review_duration_seconds_max)",
                                "{{review}} {{result}}")
                        .in(Unit.SECONDS)
                        .emptyWhen(NO_KUBERNETES),
                lines("Certificates end in", "How long the certificates that are shown or believed are good.")
                        .ask(
                                "min by (certificate) (highwater_kubernetes_certificate_expiry_timestamp_seconds) - time()",
                                "{{certificate}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.below("ScalingCertificateExpires"))
                        .emptyWhen(NO_KUBERNETES));
    }

    private static Row keda(Limits limits) {
        return Row.folded(
                "KEDA",
                lines("Calls", "Per second, by how they ended.")
                        .ask(
                                "sum by (method, code) (rate(highwater_keda_calls_total[$__rate_interval]))",
                                "{{method}} {{code}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen(NO_KEDA),
                lines("Open streams", "Over which KEDA is told at once when there is work.")
                        .ask("sum by (method) (highwater_keda_streams)", "{{method}}")
                        .emptyWhen(NO_KEDA),
                lines("Certificate ends in", "How long the certificate that is shown to KEDA is good.")
                        .ask(
                                "min by (instance) (highwater_keda_certificate_expiry_timestamp_seconds) - time()",
                                "{{instance}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.below("ScalingCertificateExpires"))
                        .emptyWhen("KEDA is served without TLS, or not at all"));
    }
}
