// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static io.highwater.dashboards.Panel.areas;
import static io.highwater.dashboards.Panel.lines;
import static io.highwater.dashboards.Panel.stat;
import static io.highwater.dashboards.Panel.table;
import static io.highwater.dashboards.Panel.timeline;

import java.util.List;

/** The agents themselves: whether what they say is fresh and whole, and what that costs. */
final class AgentDashboard {

    private AgentDashboard() {}

    static Dashboard of(Limits limits) {
        return new Dashboard(
                "highwater-agent",
                "Highwater / Agents",
                "Whether the agents answer, what they could not collect, and what they cost. Each agent by itself.",
                List.of(
                        new Variable("instance", "Agent", "highwater_build_info"),
                        Variable.clusters(".*"),
                        Variable.nodes(".*")),
                Annotation.ALL,
                List.of(problems(limits), state(), collections(), serving(), process()));
    }

    private static Row problems(Limits limits) {
        return Row.open(
                "Problems now",
                stat("Agents", "That Prometheus has scraped lately.")
                        .ask("count(max by (instance) (highwater_build_info{instance=~'$instance'}))", "agents")
                        .coloured(Thresholds.MUST_BE),
                stat("Targets that do not answer", "For no agent.")
                        .ask("sum(1 - max by (cluster, component, node) (highwater_target_up{$NODE}))", "targets")
                        .coloured(Thresholds.ANY_IS_ODD),
                stat("Agents disagree", "Targets that one agent reaches and another does not.")
                        .ask(
                                "sum(max by (cluster, component, node) (highwater_target_up{$NODE}) "
                                        + "- min by (cluster, component, node) (highwater_target_up{$NODE}))",
                                "targets")
                        .coloured(Thresholds.ANY_IS_ODD),
                stat("Configuration refused", "Agents that go on with an older configuration than their file says.")
                        .ask(
                                "sum(1 - max by (instance) "
                                        + "(highwater_config_last_reload_successful{instance=~'$instance'}))",
                                "agents")
                        .coloured(Thresholds.ANY_IS_ODD),
                stat("Series left out", "Samples above maxSeries, in the time of one point.")
                        .ask(
                                "sum(max by (cluster, component, node, collector, family) "
                                        + "(increase(highwater_series_dropped_total{$NODE}[$__rate_interval])))",
                                "samples")
                        .coloured(limits.above("HighwaterSeriesDropped"))
                        .emptyWhen("none is left out"),
                stat(
                                "Oldest snapshot",
                                "Age of the newest collection that succeeded, of the collector that is furthest behind.")
                        .ask(
                                "max(min by (cluster, component, node, collector) (highwater_snapshot_age_seconds{$NODE}))",
                                "age")
                        .in(Unit.SECONDS));
    }

    private static Row state() {
        return Row.open(
                "What is watched",
                timeline("Targets", "Which answered when.")
                        .ask(
                                "max by (cluster, component, node) (highwater_target_up{$NODE})",
                                "{{cluster}} {{component}} {{node}}")
                        .meaning(State.YES, State.NO)
                        .size(12, 9),
                table(
                                "Collectors",
                                "How old what each collector last saw is, and how long it takes at most.",
                                Column.label("cluster"),
                                Column.label("component"),
                                Column.label("node"),
                                Column.label("collector"),
                                Column.value("A", "age", Unit.SECONDS, Thresholds.NONE),
                                Column.value("B", "took at most", Unit.SECONDS, Thresholds.NONE))
                        .ask("min by (cluster, component, node, collector) (highwater_snapshot_age_seconds{$NODE})", "")
                        .ask(
                                "max by (cluster, component, node, collector) "
                                        + "(highwater_collection_duration_seconds_max{$NODE})",
                                "")
                        .size(12, 9),
                lines("Collections that failed", "Per second, by the reason why.")
                        .ask(
                                "sum by (cluster, component, outcome) (max by (cluster, component, node, collector, outcome) "
                                        + "(rate(highwater_collections_total{outcome!='collected', $NODE}[$__rate_interval])))",
                                "{{cluster}} {{component}} {{outcome}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("none failed yet"),
                lines(
                                "Collections skipped",
                                "Per second: the one before had not ended, or credentials were turned down.")
                        .ask(
                                "sum by (cluster, component, reason) (max by (cluster, component, node, collector, reason) "
                                        + "(rate(highwater_collections_skipped_total{$NODE}[$__rate_interval])))",
                                "{{cluster}} {{component}} {{reason}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("none was skipped yet"),
                table(
                                "Builds",
                                "Which version each agent is; all should be of one.",
                                Column.label("instance"),
                                Column.label("version"),
                                Column.label("revision"),
                                Column.label("jdk"))
                        .ask(
                                "max by (instance, version, revision, jdk) (highwater_build_info{instance=~'$instance'})",
                                "")
                        .size(8, 8));
    }

    private static Row collections() {
        return Row.folded(
                "Collections",
                areas("Collections", "Per second of each component, failed ones too, over all agents.")
                        .ask(
                                "sum by (cluster, component) "
                                        + "(rate(highwater_collections_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{component}}")
                        .in(Unit.PER_SECOND),
                lines("Time of a collection", "Mean of each collector, the ten slowest.")
                        .ask(
                                "topk(10, sum by (cluster, component, collector) "
                                        + "(rate(highwater_collection_duration_seconds_sum{$NODE}[$__rate_interval])) "
                                        + "/ (sum by (cluster, component, collector) "
                                        + "(rate(highwater_collection_duration_seconds_count{$NODE}[$__rate_interval])) > 0))",
                                "{{cluster}} {{component}} {{collector}}")
                        .in(Unit.SECONDS),
                lines("Age of snapshots", "Of the newest collection that succeeded, the ten oldest.")
                        .ask(
                                "topk(10, min by (cluster, component, node, collector) "
                                        + "(highwater_snapshot_age_seconds{$NODE}))",
                                "{{cluster}} {{component}} {{node}} {{collector}}")
                        .in(Unit.SECONDS));
    }

    private static Row serving() {
        return Row.folded(
                "Serving",
                areas("HTTP requests", "Per second, by page and status.")
                        .ask(
                                "sum by (handler, code) "
                                        + "(rate(highwater_http_requests_total{instance=~'$instance'}[$__rate_interval]))",
                                "{{handler}} {{code}}")
                        .in(Unit.PER_SECOND),
                lines("Age of the configuration", "How long ago each agent read what it works by.")
                        .ask(
                                "time() - max by (instance) "
                                        + "(highwater_config_last_reload_success_timestamp_seconds{instance=~'$instance'})",
                                "{{instance}}")
                        .in(Unit.SECONDS));
    }

    /** Other programs have families of the same names. */
    private static Row process() {
        var ofAgents = " and on (instance) max by (instance) (highwater_build_info{instance=~'$instance'})";
        return Row.folded(
                "Process",
                lines("Processor", "Cores that each agent uses.")
                        .ask(
                                "max by (instance) (rate(process_cpu_seconds_total{instance=~'$instance'}[$__rate_interval]))"
                                        + ofAgents,
                                "{{instance}}")
                        .in(Unit.PLAIN),
                lines("Memory", "Resident memory of each agent.")
                        .ask(
                                "max by (instance) (process_resident_memory_bytes{instance=~'$instance'})" + ofAgents,
                                "{{instance}}")
                        .in(Unit.BYTES),
                lines("Heap", "Memory of Java objects in use.")
                        .ask(
                                "sum by (instance) (jvm_memory_used_bytes{instance=~'$instance', area='heap'})"
                                        + ofAgents,
                                "{{instance}}")
                        .in(Unit.BYTES));
    }
}
