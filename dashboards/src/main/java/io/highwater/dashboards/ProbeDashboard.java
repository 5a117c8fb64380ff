// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static io.highwater.dashboards.Panel.lines;
import static io.highwater.dashboards.Panel.stat;
import static io.highwater.dashboards.Panel.table;
import static io.highwater.dashboards.Panel.timeline;

import java.util.List;

/** What is seen from outside: probes and journeys, from every place that an agent stands at. */
final class ProbeDashboard {

    private static final String PROBE = "{$NODE}";
    private static final String NO_CERTIFICATE = "no probe was shown a certificate";
    private static final String NO_HTTP = "no probe speaks HTTP";
    private static final String NO_JOURNEY = "no journey is probed";
    private static final String NO_CHAIN = "no chain is probed";

    private ProbeDashboard() {}

    static Dashboard of(Limits limits) {
        return new Dashboard(
                "highwater-probe",
                "Highwater / Probes",
                "Services as their users see them: do they answer as they should, how fast, and since when not.",
                List.of(Variable.clusters("probe"), Variable.nodes("probe")),
                Annotation.ALL,
                List.of(problems(limits), state(limits), http(), journeys(), certificates(limits), chains()));
    }

    private static Row problems(Limits limits) {
        return Row.open(
                "Problems now",
                stat("Probes that fail everywhere", "From no place does an agent see it work.")
                        .ask("sum(max by (cluster, node) (probe_success" + PROBE + ") == bool 0)", "probes")
                        .coloured(Thresholds.ANY_IS_BAD),
                stat("Probes that fail somewhere", "From at least one place it fails.")
                        .ask("sum(min by (cluster, node) (probe_success" + PROBE + ") == bool 0)", "probes")
                        .coloured(Thresholds.ANY_IS_ODD),
                stat("Longest outage now", "From the first attempt that failed, where it is seen best.")
                        .ask("max(min by (cluster, node) (probe_outage_seconds" + PROBE + "))", "outage")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("ProbeFailing")),
                stat("Too slow", "The largest part of a probe's attempts that took longer than it may.")
                        .ask(
                                "max(max by (cluster, node) (rate(probe_slow_total" + PROBE
                                        + "[$__rate_interval]) / (rate(probe_attempts_total" + PROBE
                                        + "[$__rate_interval]) > 0)))",
                                "slow")
                        .in(Unit.RATIO)
                        .coloured(limits.above("ProbeSlow")),
                stat("First certificate to expire", "Of all that servers showed.")
                        .ask("min(probe_ssl_earliest_cert_expiry" + PROBE + ") - time()", "left")
                        .in(Unit.SECONDS)
                        .emptyWhen(NO_CERTIFICATE),
                stat("Attempts", "Per second, of all agents.")
                        .ask("sum(rate(probe_attempts_total" + PROBE + "[$__rate_interval]))", "attempts")
                        .in(Unit.PER_SECOND));
    }

    private static Row state(Limits limits) {
        return Row.open(
                "Does it work, and since when?",
                timeline("Succeeds", "Of each probe, from each place.")
                        .ask(
                                "min by (cluster, node, vantage) (probe_success" + PROBE + ")",
                                "{{cluster}} {{node}} {{vantage}}")
                        .meaning(State.YES, State.NO)
                        .size(12, 9),
                lines("How long it takes", "The newest attempt of each probe, from each place.")
                        .ask(
                                "max by (cluster, node, vantage) (probe_duration_seconds" + PROBE + ")",
                                "{{cluster}} {{node}} {{vantage}}")
                        .in(Unit.SECONDS)
                        .size(12, 9),
                lines("Outage under way", "From the first attempt that failed; where it is seen best.")
                        .ask("min by (cluster, node) (probe_outage_seconds" + PROBE + ")", "{{cluster}} {{node}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("ProbeFailing"))
                        .size(6, 8),
                lines("Outages", "That began, those as well that ended between two scrapes.")
                        .ask(
                                "max by (cluster, node) (increase(probe_outages_total" + PROBE + "[$__rate_interval]))",
                                "{{cluster}} {{node}}")
                        .in(Unit.PLAIN)
                        .size(6, 8),
                lines("Failures by reason", "Attempts per second that failed.")
                        .ask(
                                "sum by (cluster, node, reason) (rate(probe_failures_total" + PROBE
                                        + "[$__rate_interval]))",
                                "{{cluster}} {{node}} {{reason}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("nothing has failed")
                        .size(6, 8),
                lines("Too slow", "The part of the attempts that succeeded, and took longer than they may.")
                        .ask(
                                "max by (cluster, node) (rate(probe_slow_total" + PROBE
                                        + "[$__rate_interval]) / (rate(probe_attempts_total" + PROBE
                                        + "[$__rate_interval]) > 0))",
                                "{{cluster}} {{node}}")
                        .in(Unit.RATIO)
                        .coloured(limits.above("ProbeSlow"))
                        .size(6, 8));
    }

    private static Row http() {
        return Row.folded(
                "HTTP",
                lines("Where the time goes", "Phases of the newest attempt.")
                        .ask(
                                "max by (cluster, node, phase) (probe_http_duration_seconds" + PROBE + ")",
                                "{{cluster}} {{node}} {{phase}}")
                        .in(Unit.SECONDS)
                        .emptyWhen(NO_HTTP),
                lines("Status", "Of the newest answer.")
                        .ask("max by (cluster, node) (probe_http_status_code" + PROBE + ")", "{{cluster}} {{node}}")
                        .in(Unit.PLAIN)
                        .emptyWhen(NO_HTTP));
    }

    private static Row journeys() {
        return Row.folded(
                "Journeys",
                timeline("Steps", "Whether each step of each journey succeeded.")
                        .ask(
                                "max by (cluster, node, step) (probe_journey_step_success" + PROBE + ")",
                                "{{cluster}} {{node}} {{step}}")
                        .meaning(State.YES, State.NO)
                        .emptyWhen(NO_JOURNEY)
                        .size(12, 8),
                lines("How long each step takes", "Of the newest journey.")
                        .ask(
                                "max by (cluster, node, step) (probe_journey_step_duration_seconds" + PROBE + ")",
                                "{{cluster}} {{node}} {{step}}")
                        .in(Unit.SECONDS)
                        .emptyWhen(NO_JOURNEY)
                        .size(12, 8));
    }

    private static Row certificates(Limits limits) {
        return Row.folded(
                "Certificates",
                table(
                                "When they expire",
                                "The first to end of all that a server showed.",
                                Column.label("cluster"),
                                Column.label("node"),
                                Column.value("A", "days", Unit.PLAIN, limits.below("ProbeCertificateExpires")))
                        .ask(
                                "(min by (cluster, node) (probe_ssl_earliest_cert_expiry" + PROBE
                                        + ") - time()) / 86400",
                                "")
                        .emptyWhen(NO_CERTIFICATE));
    }

    private static Row chains() {
        return Row.folded(
                "Chains",
                lines("Age of the head", "How long ago the newest block of each endpoint was made.")
                        .ask(
                                "min by (cluster, node, endpoint) (probe_chain_head_age_seconds" + PROBE + ")",
                                "{{cluster}} {{node}} {{endpoint}}")
                        .in(Unit.SECONDS)
                        .emptyWhen(NO_CHAIN),
                lines("Behind the best", "Blocks that each endpoint has less than the one that has most.")
                        .ask(
                                "min by (cluster, node, endpoint) (probe_chain_lag_blocks" + PROBE + ")",
                                "{{cluster}} {{node}} {{endpoint}}")
                        .emptyWhen(NO_CHAIN));
    }
}
