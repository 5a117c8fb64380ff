// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HorizontalPodAutoscaler with its memory, looked through by whoever calls {@link #sync}: a cluster's does so every
 * 15 s. Follows kube-controller-manager 1.36 with its feature gates as they are by default. Not thread-safe.
 */
public final class HpaController {

    private final HpaSpec spec;
    private final ControllerFlags flags;
    private final ReplicaCalculator calculator;
    private final Map<Condition.Type, Condition> conditions = new EnumMap<>(Condition.Type.class);
    private @Nullable Normalization normalization;

    public HpaController(HpaSpec spec, ControllerFlags flags) {
        this.spec = spec;
        this.flags = flags;
        this.calculator = new ReplicaCalculator(spec.tolerance(flags));
    }

    /** A look at a workload of which all pods that are asked for exist. */
    public Result sync(Instant now, int currentReplicas, int readyReplicas, List<? extends MetricResult> metrics) {
        return sync(now, new Scale(currentReplicas, currentReplicas, readyReplicas), metrics);
    }

    /**
     * One look. The caller sets the replicas that it asks for.
     *
     * @param now later than at the look before
     * @param metrics one result of each metric, in the order of the specification
     */
    public Result sync(Instant now, Scale scale, List<? extends MetricResult> metrics) {
        if (metrics.size() != spec.metrics().size()) {
            throw new IllegalArgumentException("one result of each metric is needed");
        }
        int current = scale.spec();
        var rules = rules(now, current);
        put(new Condition(Condition.Type.ABLE_TO_SCALE, true, "SucceededGetScale", "the replicas are known"));
        if (current == 0) {
            put(new Condition(
                    Condition.Type.SCALING_ACTIVE, false, "ScalingDisabled", "somebody set the replicas to zero"));
            return result(current, current, "", List.of());
        }
        if (current > spec.maxReplicas()) {
            return scale(now, current, spec.maxReplicas(), "more replicas than maxReplicas", List.of());
        }
        if (current < spec.minReplicas()) {
            return scale(now, current, spec.minReplicas(), "fewer replicas than minReplicas", List.of());
        }
        return byMetrics(now, scale, assess(metrics, scale), rules);
    }

    private Result byMetrics(Instant now, Scale scale, List<Assessment> assessments, Normalization rules) {
        int current = scale.spec();
        var verdict = Verdict.of(assessments, current);
        put(verdict.active());
        if (verdict.winner().isEmpty()) {
            return result(current, current, "", assessments);
        }
        var winner = verdict.winner().get();
        var normalized = rules.normalize(now, current, Math.max(0, winner.replicas()));
        put(normalized.able());
        put(normalized.limited());
        String reason = winner.replicas() > current
                ? winner.metric().name() + " above its target"
                : "all metrics below their targets";
        return scale(now, current, normalized.replicas(), reason, assessments);
    }

    private List<Assessment> assess(List<? extends MetricResult> metrics, Scale scale) {
        var assessments = new ArrayList<Assessment>();
        for (int i = 0; i < metrics.size(); i++) {
            assessments.add(calculator.assess(spec.metrics().get(i), metrics.get(i), scale));
        }
        return assessments;
    }

    private Result scale(Instant now, int current, int desired, String reason, List<Assessment> assessments) {
        if (desired == current) {
            return result(current, current, "", assessments);
        }
        rules(now, current).scaled(now, current, desired);
        put(new Condition(Condition.Type.ABLE_TO_SCALE, true, "SucceededRescale", "the replicas are now " + desired));
        return result(current, desired, reason, assessments);
    }

    /** Its memory begins with the replicas at the first look, which so count as recommended. */
    private Normalization rules(Instant now, int current) {
        if (normalization == null) {
            normalization = spec.behavior().isPresent()
                    ? new WithBehavior(spec, spec.behavior().get(), flags, now, current)
                    : new WithoutBehavior(spec, flags, now, current);
        }
        return normalization;
    }

    private void put(Condition condition) {
        conditions.put(condition.type(), condition);
    }

    private Result result(int current, int desired, String reason, List<Assessment> assessments) {
        return new Result(current, desired, reason, assessments, List.copyOf(conditions.values()));
    }
}
