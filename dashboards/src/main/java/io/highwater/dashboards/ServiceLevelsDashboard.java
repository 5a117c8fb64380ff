// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static io.highwater.dashboards.Panel.lines;
import static io.highwater.dashboards.Panel.stat;
import static io.highwater.dashboards.Panel.table;
import static io.highwater.dashboards.Panel.timeline;

import java.util.List;

/** What was promised and what is left of it: availability, error budget, failovers, loss and time away. */
final class ServiceLevelsDashboard {

    private static final String HERE = "{slo='availability', $CLUSTER}";
    private static final String NO_LEVEL = "no cluster has a level, or the recording rules are not loaded";

    private ServiceLevelsDashboard() {}

    static Dashboard of(Limits limits) {
        return new Dashboard(
                "highwater-slo",
                "Highwater / Service levels",
                "What was promised, what is left of the error budget of 30 days, and what would break the promise now.",
                List.of(Variable.clusters(".*")),
                Annotation.ALL,
                List.of(problems(limits), budget(limits), objectives(limits), burning()));
    }

    private static Row problems(Limits limits) {
        return Row.open(
                "Problems now",
                stat("Least budget left", "Of the time away that 30 days allow, of the component that has least.")
                        .ask("min(min by (cluster, component) (slo:error_budget:remaining_ratio" + HERE + "))", "left")
                        .in(Unit.RATIO)
                        .coloured(limits.below("ErrorBudgetExhausted"))
                        .emptyWhen("no level, or no rules"),
                stat("Fewest failovers left", "Outages as long as the objective that the budget of 30 days still pays.")
                        .ask("min(min by (cluster, component) (slo:failovers_left{$CLUSTER}))", "failovers")
                        .in(Unit.PLAIN)
                        .coloured(Thresholds.MARGIN)
                        .emptyWhen("no level, or no rules"),
                stat(
                                "Burns budget fastest",
                                "How many times as fast as is allowed, over the last hour: at 1 the budget lasts 30 days.")
                        .ask(
                                "max(max by (cluster, component) (slo:error_ratio:rate1h" + HERE + ") "
                                        + "/ (1 - max by (cluster, component) (slo:objective:ratio" + HERE + ")))",
                                "times")
                        .in(Unit.PLAIN)
                        .coloured(limits.above("ErrorBudgetBurningSlowly", "ErrorBudgetBurningFast"))
                        .emptyWhen("no level, or no rules"),
                stat("Components away", "That do not serve now.")
                        .ask("sum(min by (cluster, component) (ha_outage_seconds{$CLUSTER}) > bool 0)", "components")
                        .coloured(Thresholds.ANY_IS_BAD),
                stat("Longest outage now", "How long the component has been away that is away for the longest time.")
                        .ask("max(min by (cluster, component) (ha_outage_seconds{$CLUSTER}))", "away")
                        .in(Unit.SECONDS)
                        .coloured(limits.outage()),
                stat("Would lose too much", "Components that would lose more than they may if the primary died now.")
                        .ask(
                                "sum(min by (cluster, component) (ha_rpo_seconds{$CLUSTER}) "
                                        + "> bool on (cluster, component) "
                                        + "max by (cluster, component) (ha_rpo_objective_seconds{$CLUSTER}))",
                                "components")
                        .coloured(Thresholds.ANY_IS_BAD)
                        .emptyWhen("no level, or nothing to lose"));
    }

    private static Row budget(Limits limits) {
        return Row.open(
                "Budget",
                table(
                                "Service levels",
                                "Availability that each component promises, and what is left of the budget of 30 days.",
                                Column.label("cluster", Link.toRow("Overview of this cluster", "highwater-overview")),
                                Column.label("component"),
                                Column.value("A", "promised", Unit.RATIO, Thresholds.NONE),
                                Column.value("B", "budget left", Unit.RATIO, limits.below("ErrorBudgetExhausted")),
                                Column.value("C", "failovers left", Unit.PLAIN, Thresholds.MARGIN),
                                Column.value("D", "away for", Unit.SECONDS, limits.outage()))
                        .ask("max by (cluster, component) (slo:objective:ratio" + HERE + ")", "")
                        .ask("min by (cluster, component) (slo:error_budget:remaining_ratio" + HERE + ")", "")
                        .ask("min by (cluster, component) (slo:failovers_left{$CLUSTER})", "")
                        .ask("min by (cluster, component) (ha_outage_seconds{$CLUSTER})", "")
                        .emptyWhen(NO_LEVEL)
                        .size(12, 9),
                timeline("Did it serve?", "As far as the agents could see.")
                        .ask(
                                "min by (cluster, component) (ha_outage_seconds{$CLUSTER}) == bool 0",
                                "{{cluster}} {{component}}")
                        .meaning(State.YES, State.NO)
                        .size(12, 9),
                lines("Budget left", "Of the time away that 30 days allow; below 0 the promise is broken.")
                        .ask(
                                "min by (cluster, component) (slo:error_budget:remaining_ratio" + HERE + ")",
                                "{{cluster}} {{component}}")
                        .in(Unit.RATIO)
                        .coloured(limits.below("ErrorBudgetExhausted"))
                        .emptyWhen(NO_LEVEL)
                        .size(12, 8),
                lines(
                                "How fast it burns",
                                "The error ratio of the last hour and of the last five minutes over what is allowed: at 1 the "
                                        + "budget lasts 30 days.")
                        .ask(
                                "max by (cluster, component) (slo:error_ratio:rate1h" + HERE + ") "
                                        + "/ (1 - max by (cluster, component) (slo:objective:ratio" + HERE + "))",
                                "{{cluster}} {{component}} 1 h")
                        .ask(
                                "max by (cluster, component) (slo:error_ratio:rate5m" + HERE + ") "
                                        + "/ (1 - max by (cluster, component) (slo:objective:ratio" + HERE + "))",
                                "{{cluster}} {{component}} 5 min")
                        .in(Unit.PLAIN)
                        .coloured(limits.above("ErrorBudgetBurningSlowly", "ErrorBudgetBurningFast"))
                        .emptyWhen(NO_LEVEL)
                        .size(12, 8));
    }

    private static Row objectives(Limits limits) {
        return Row.folded(
                "Loss and time away",
                lines("What would be lost", "As time, if the primary died now, beside the most that may be.")
                        .ask("min by (cluster, component) (ha_rpo_seconds{$CLUSTER})", "{{cluster}} {{component}}")
                        .ask(
                                "max by (cluster, component) (ha_rpo_objective_seconds{$CLUSTER})",
                                "{{cluster}} {{component}} may")
                        .in(Unit.SECONDS)
                        .coloured(limits.loss())
                        .emptyWhen("nothing to lose, and no level"),
                lines("Away for", "How long a component has not served, beside the longest that a failover may take.")
                        .ask("min by (cluster, component) (ha_outage_seconds{$CLUSTER})", "{{cluster}} {{component}}")
                        .ask(
                                "max by (cluster, component) (ha_rto_objective_seconds{$CLUSTER})",
                                "{{cluster}} {{component}} may")
                        .in(Unit.SECONDS)
                        .coloured(limits.outage()),
                lines("Failovers", "In the range of time that is shown.")
                        .ask(
                                "max by (cluster, component) (increase(ha_role_changes_total{$CLUSTER}[$__range]))",
                                "{{cluster}} {{component}}")
                        .emptyWhen("nothing with a primary is watched"));
    }

    private static Row burning() {
        return Row.folded(
                "Error ratios",
                lines("Short windows", "Time away, of all the time that was watched: these page.")
                        .ask(
                                "max by (cluster, component) (slo:error_ratio:rate5m" + HERE + ")",
                                "{{cluster}} {{component}} 5 min")
                        .ask(
                                "max by (cluster, component) (slo:error_ratio:rate30m" + HERE + ")",
                                "{{cluster}} {{component}} 30 min")
                        .ask(
                                "max by (cluster, component) (slo:error_ratio:rate1h" + HERE + ")",
                                "{{cluster}} {{component}} 1 h")
                        .ask(
                                "max by (cluster, component) (slo:error_ratio:rate6h" + HERE + ")",
                                "{{cluster}} {{component}} 6 h")
                        .in(Unit.RATIO)
                        .emptyWhen(NO_LEVEL)
                        .size(12, 8),
                lines("Long windows", "Time away, of all the time that was watched: these make tickets.")
                        .ask(
                                "max by (cluster, component) (slo:error_ratio:rate2h" + HERE + ")",
                                "{{cluster}} {{component}} 2 h")
                        .ask(
                                "max by (cluster, component) (slo:error_ratio:rate1d" + HERE + ")",
                                "{{cluster}} {{component}} 1 d")
                        .ask(
                                "max by (cluster, component) (slo:error_ratio:rate3d" + HERE + ")",
                                "{{cluster}} {{component}} 3 d")
                        .in(Unit.RATIO)
                        .emptyWhen(NO_LEVEL)
                        .size(12, 8));
    }
}
