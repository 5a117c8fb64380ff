// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static io.highwater.dashboards.Panel.lines;
import static io.highwater.dashboards.Panel.stat;
import static io.highwater.dashboards.Panel.table;
import static io.highwater.dashboards.Panel.timeline;

import java.util.List;

/** All clusters: the five questions, and the way to the dashboard of each component. */
final class OverviewDashboard {

    private static final Link[] COMPONENTS = {
        Link.toRow("Postgres", "highwater-postgres"),
        Link.toRow("JetStream", "highwater-jetstream"),
        Link.toRow("Redis", "highwater-redis"),
        Link.toRow("Queues", "highwater-queues"),
        Link.toRow("Outboxes and claims", "highwater-outbox"),
        Link.toRow("S3 stores", "highwater-stores"),
        Link.toRow("Probes", "highwater-probe")
    };

    private OverviewDashboard() {}

    static Dashboard of(Limits limits) {
        return new Dashboard(
                "highwater-overview",
                "Highwater / Overview",
                "Does it work, how many more may fail, what would be lost now, how far behind is the work, and how many "
                        + "workers does it need?",
                List.of(Variable.clusters(".*")),
                Annotation.ALL,
                List.of(problems(), questions(limits), findings(), backlogs(), failovers(limits)));
    }

    private static Row problems() {
        return Row.open(
                "Problems now",
                stat(
                                "Pages",
                                "Critical alerts that fire: something cannot serve, or is about to lose what was acknowledged.")
                        .ask(
                                "count(max by (cluster, alertname) "
                                        + "(ALERTS{alertstate='firing', severity='critical', $CLUSTER}))",
                                "pages")
                        .coloured(Thresholds.ANY_IS_BAD)
                        .emptyWhen("none fires"),
                stat("Tickets", "Alerts of severity warning that fire: redundancy is lost, or a limit is near.")
                        .ask(
                                "count(max by (cluster, alertname) "
                                        + "(ALERTS{alertstate='firing', severity='warning', $CLUSTER}))",
                                "tickets")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .emptyWhen("none fires"),
                stat("Components away", "Components that do not serve now.")
                        .ask("sum(min by (cluster, component) (ha_outage_seconds{$CLUSTER}) > bool 0)", "components")
                        .coloured(Thresholds.ANY_IS_BAD),
                stat("Without redundancy", "Components that stop when one more node fails.")
                        .ask(
                                "sum(min by (cluster, component) (max by (cluster, component, unit, name) "
                                        + "(ha_quorum_margin{$CLUSTER})) == bool 0)",
                                "components")
                        .coloured(Thresholds.ANY_IS_ODD),
                stat("Nodes that do not answer", "Servers that no agent could ask the last time.")
                        .ask("sum(1 - max by (cluster, component, node) (highwater_target_up{$CLUSTER}))", "nodes")
                        .coloured(Thresholds.ANY_IS_ODD),
                stat(
                                "Broken invariants",
                                "Things that must always hold between nodes and do not, such as one primary alone.")
                        .ask("sum(max by (cluster, component, check) (ha_invariant_violated{$CLUSTER}))", "invariants")
                        .coloured(Thresholds.ANY_IS_BAD));
    }

    private static Row questions(Limits limits) {
        return Row.open(
                "The five questions",
                table(
                                "Clusters and their components",
                                "A row for each component of each cluster. What a component does not have is empty: a queue "
                                        + "has no replicas, a database no backlog. A click on a cluster stays here, one on a "
                                        + "component leads to its dashboard.",
                                Column.label("cluster", Link.toRow("This cluster alone", "highwater-overview")),
                                Column.label("component", COMPONENTS),
                                Column.value("A", "works", Unit.PLAIN, Thresholds.NONE, State.YES, State.NO),
                                Column.value("B", "may fail", Unit.PLAIN, Thresholds.MARGIN),
                                Column.value("C", "would be lost", Unit.SECONDS, limits.loss()),
                                Column.value("D", "oldest work", Unit.SECONDS, limits.above("QueueJobsWaitTooLong")),
                                Column.value("E", "done in", Unit.SECONDS, Thresholds.NONE))
                        .ask(
                                "min by (cluster, component) (ha_outage_seconds{$CLUSTER}) == bool 0 "
                                        + "or max by (cluster, component) (highwater_target_up{$CLUSTER})",
                                "")
                        .ask(
                                "min by (cluster, component) (max by (cluster, component, unit, name) "
                                        + "(ha_quorum_margin{$CLUSTER}))",
                                "")
                        .ask("min by (cluster, component) (ha_rpo_seconds{$CLUSTER})", "")
                        .ask(
                                "max by (cluster, component) (min by (cluster, component, unit, name) "
                                        + "(ha_backlog_oldest_age_seconds{$CLUSTER}))",
                                "")
                        .ask(
                                "max by (cluster, component) (min by (cluster, component, unit, name) "
                                        + "(ha_backlog_drain_seconds{$CLUSTER}))",
                                "")
                        .size(14, 9),
                timeline(
                                "Does it work, and since when?",
                                "Whether each component served, as far as the agent could see.")
                        .ask(
                                "min by (cluster, component) (ha_outage_seconds{$CLUSTER}) == bool 0 "
                                        + "or max by (cluster, component) (highwater_target_up{$CLUSTER})",
                                "{{cluster}} {{component}}")
                        .meaning(State.YES, State.NO)
                        .size(10, 9),
                lines(
                                "How many more nodes may fail?",
                                "Of the part of each component that stands least; below 0 it has stopped.")
                        .ask(
                                "min by (cluster, component) (max by (cluster, component, unit, name) "
                                        + "(ha_quorum_margin{$CLUSTER}))",
                                "{{cluster}} {{component}}")
                        .in(Unit.PLAIN)
                        .coloured(Thresholds.MARGIN)
                        .size(6, 8),
                lines(
                                "What would be lost now?",
                                "Acknowledged work, as time, that would be gone if the primary died now; against the most "
                                        + "that may be lost, from the cluster's level.")
                        .ask("min by (cluster, component) (ha_rpo_seconds{$CLUSTER})", "{{cluster}} {{component}}")
                        .ask("max by (cluster) (ha_rpo_objective_seconds{$CLUSTER})", "{{cluster}} may lose")
                        .in(Unit.SECONDS)
                        .coloured(limits.loss())
                        .size(6, 8),
                lines("How far behind is the work?", "How long the oldest item of each component has waited.")
                        .ask(
                                "max by (cluster, component) (min by (cluster, component, unit, name) "
                                        + "(ha_backlog_oldest_age_seconds{$CLUSTER}))",
                                "{{cluster}} {{component}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("QueueJobsWaitTooLong"))
                        .emptyWhen("no work is watched: neither queues, nor outboxes, nor consumers")
                        .size(6, 8),
                lines(
                                "How many workers does it need?",
                                "Replicas that each policy wants, and those that it answers to autoscalers.")
                        .ask("max by (policy, namespace) (highwater_policy_wanted_replicas)", "{{policy}} wants")
                        .ask("max by (policy, namespace) (highwater_policy_replicas)", "{{policy}} gets")
                        .emptyWhen("no policies are configured")
                        .to(new Link("Scaling", "/d/highwater-scaling?${__url_time_range}"))
                        .size(6, 8));
    }

    private static Row findings() {
        return Row.folded(
                "Findings",
                table(
                                "Broken invariants",
                                "What must always hold between nodes and does not.",
                                Column.label("cluster", Link.toRow("This cluster alone", "highwater-overview")),
                                Column.label("component", COMPONENTS),
                                Column.label("check"))
                        .ask("max by (cluster, component, check) (ha_invariant_violated{$CLUSTER}) == 1", "")
                        .emptyWhen("all invariants hold"),
                table(
                                "Risky settings",
                                "Settings that cost data or availability in a failure, by the node or the part that has them.",
                                Column.label("cluster", Link.toRow("This cluster alone", "highwater-overview")),
                                Column.label("component", COMPONENTS),
                                Column.label("check"),
                                Column.label("name"),
                                Column.label("node"))
                        .ask(
                                "max by (cluster, component, check, name, node) "
                                        + "(ha_config_finding{$CLUSTER}) == 1",
                                "")
                        .emptyWhen("no setting is risky"));
    }

    private static Row backlogs() {
        var here = "{$CLUSTER}";
        return Row.folded(
                "Work",
                lines("Items that wait", "All that are not done with, the ten largest backlogs.")
                        .ask(
                                "topk(10, max by (cluster, component, unit, name) (ha_backlog_items" + here + "))",
                                "{{cluster}} {{component}} {{name}}")
                        .emptyWhen("no work is watched"),
                lines("Comes and is done with", "Items per second of each component.")
                        .ask(
                                "sum by (cluster, component) (max by (cluster, component, unit, name) (ha_backlog_arrival_rate"
                                        + here + "))",
                                "{{cluster}} {{component}} comes")
                        .ask(
                                "sum by (cluster, component) (max by (cluster, component, unit, name) (ha_backlog_completion_rate"
                                        + here + "))",
                                "{{cluster}} {{component}} is done")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("no work is watched"),
                lines(
                                "What comes now waits",
                                "How long until it is done, at the present pace; nothing where nothing is done.")
                        .ask(
                                "topk(10, min by (cluster, component, unit, name) (ha_backlog_wait_seconds" + here
                                        + ") < +Inf)",
                                "{{cluster}} {{component}} {{name}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("no work is watched, or none is done"));
    }

    private static Row failovers(Limits limits) {
        return Row.folded(
                "Failovers",
                table(
                                "Last failovers",
                                "When another node became the primary.",
                                Column.label("cluster", Link.toRow("This cluster alone", "highwater-overview")),
                                Column.label("component", COMPONENTS),
                                Column.value("A", "when", Unit.SINCE, Thresholds.NONE))
                        .ask("max by (cluster, component) (ha_last_failover_timestamp_seconds{$CLUSTER}) * 1000", "")
                        .emptyWhen("no failover was seen")
                        .size(8, 8),
                lines(
                                "Changes of primary",
                                "In the range of time that is shown, as each agent saw them since it started.")
                        .ask(
                                "max by (cluster, component) (increase(ha_role_changes_total{$CLUSTER}[$__range]))",
                                "{{cluster}} {{component}}")
                        .emptyWhen("nothing with a primary is watched"),
                lines(
                                "Lost if the replica takes over",
                                "While no primary answers: what was seen on it and the best replica lacks.")
                        .ask(
                                "min by (cluster, component) (ha_failover_loss_seconds{$CLUSTER})",
                                "{{cluster}} {{component}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.loss())
                        .emptyWhen("all primaries answer"));
    }
}
