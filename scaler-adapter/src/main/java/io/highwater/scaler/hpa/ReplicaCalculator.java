// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import io.highwater.scaler.hpa.Assessment.Failed;
import io.highwater.scaler.hpa.Assessment.Proposed;
import io.highwater.scaler.hpa.MetricResult.Values;
import io.highwater.scaler.hpa.MetricSpec.PerReplica;
import io.highwater.scaler.hpa.MetricSpec.Source;
import io.highwater.scaler.hpa.MetricSpec.Total;
import io.highwater.scaler.hpa.MetricSpec.Utilization;

/** How many replicas one metric leads to, before any limit. Where Go leaves an overflow undefined, this saturates. */
record ReplicaCalculator(Tolerance tolerance) {

    Assessment assess(MetricSpec metric, MetricResult result, Scale scale) {
        return switch (result) {
            case MetricResult.Failed failed -> new Failed(metric, failed.message());
            case Values values ->
                switch (metric) {
                    case PerReplica it -> check(metric, it.source(), values, () -> perReplica(it, values, scale));
                    case Total it -> check(metric, it.source(), values, () -> total(it, values, scale));
                    case Utilization _ -> throw new IllegalArgumentException(metric.name() + " is measured by pods");
                };
            case MetricResult.Pods pods -> {
                if (!(metric instanceof Utilization it)) {
                    throw new IllegalArgumentException(metric.name() + " is not measured by pods");
                }
                yield new UtilizationCalculator(tolerance, it, pods).assess(scale.spec());
            }
        };
    }

    private static Assessment check(MetricSpec metric, Source source, Values values, Calculation calculation) {
        int count = values.milli().size();
        if (count == 0 || (source == Source.OBJECT && count > 1)) {
            return new Failed(metric, "the API answered with " + count + " values");
        }
        return calculation.assess();
    }

    private interface Calculation {
        Assessment assess();
    }

    private Assessment perReplica(PerReplica metric, Values values, Scale scale) {
        long usage = metric.source() == Source.EXTERNAL ? wrappingSum(values) : cappedSum(values);
        double ratio = usage / ((double) metric.targetMilli() * scale.status());
        boolean tolerated = tolerance.covers(ratio);
        int replicas = tolerated ? scale.status() : ceil((double) usage / metric.targetMilli());
        var words = "%s / (%d replicas x %s) is %s"
                .formatted(Words.milli(usage), scale.status(), Words.milli(metric.targetMilli()), Words.number(ratio));
        return new Proposed(metric, replicas, ratio, tolerated, words);
    }

    private Assessment total(Total metric, Values values, Scale scale) {
        double ratio = (double) cappedSum(values) / metric.targetMilli();
        boolean tolerated = tolerance.covers(ratio);
        if (!tolerated && scale.status() == 0) {
            return new Failed(metric, "there are no pods to count");
        }
        int replicas = tolerated ? scale.spec() : ceil(ratio * scale.ready());
        var words = "%s / %s is %s, for %d ready replicas"
                .formatted(
                        Words.milli(cappedSum(values)),
                        Words.milli(metric.targetMilli()),
                        Words.number(ratio),
                        scale.ready());
        return new Proposed(metric, replicas, ratio, tolerated, words);
    }

    /** The autoscaler takes any negative sum for an overflow, and so for as much as there can be. */
    private static long wrappingSum(Values values) {
        long sum = 0;
        for (long value : values.milli()) {
            sum += value;
            if (sum < 0) {
                return Long.MAX_VALUE;
            }
        }
        return sum;
    }

    private static long cappedSum(Values values) {
        long sum = 0;
        for (long value : values.milli()) {
            if (value > 0 && sum > Long.MAX_VALUE - value) {
                return Long.MAX_VALUE;
            }
            sum += value;
        }
        return sum;
    }

    static int ceil(double replicas) {
        return (int) Math.ceil(replicas);
    }
}
