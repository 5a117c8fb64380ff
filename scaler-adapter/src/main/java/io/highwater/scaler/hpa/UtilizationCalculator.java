// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import static io.highwater.scaler.hpa.ReplicaCalculator.ceil;

import io.highwater.scaler.hpa.Assessment.Failed;
import io.highwater.scaler.hpa.Assessment.Proposed;
import io.highwater.scaler.hpa.MetricResult.Pods;
import io.highwater.scaler.hpa.MetricSpec.Utilization;

/**
 * How many replicas the use of a resource leads to. Pods without a number are taken for whatever makes a change smaller:
 * busy when there would be fewer replicas, idle when there would be more.
 */
record UtilizationCalculator(Tolerance tolerance, Utilization metric, Pods pods) {

    Assessment assess(int current) {
        if (pods.measured() == 0 || pods.requestMilli() == 0) {
            return new Failed(metric, "no ready pod has a number for " + metric.name());
        }
        double measured = ratio(pods.usageMilli(), pods.measured());
        boolean startingCount = pods.unready() > 0 && measured > 1;
        if (pods.missing() == 0 && !startingCount) {
            return proposed(current, measured, tolerance.covers(measured), ceil(measured * pods.measured()));
        }
        return withTheOthers(current, measured, startingCount);
    }

    private Assessment withTheOthers(int current, double measured, boolean startingCount) {
        long usage = pods.usageMilli();
        int count = pods.measured();
        if (measured < 1) {
            usage += pods.missing() * (pods.requestMilli() * Math.max(100, metric.targetPercent()) / 100);
        }
        if (measured != 1) {
            count += pods.missing();
        }
        if (startingCount) {
            count += pods.unready();
        }
        double cautious = ratio(usage, count);
        int replicas = ceil(cautious * count);
        boolean turned = (measured < 1 && cautious > 1) || (measured > 1 && cautious < 1);
        boolean against = (cautious < 1 && replicas > current) || (cautious > 1 && replicas < current);
        return proposed(current, cautious, tolerance.covers(cautious) || turned || against, replicas);
    }

    private Proposed proposed(int current, double ratio, boolean stay, int replicas) {
        var words = "the utilization is %s of the target of %d %%, over %d measured, %d starting and %d silent pods"
                .formatted(
                        Words.number(ratio), metric.targetPercent(), pods.measured(), pods.unready(), pods.missing());
        return new Proposed(metric, stay ? current : replicas, ratio, stay, words);
    }

    /** In whole percent, as the autoscaler compares it. */
    private double ratio(long usage, int count) {
        return (double) (int) (usage * 100 / (pods.requestMilli() * count)) / metric.targetPercent();
    }
}
