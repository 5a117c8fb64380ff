// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.simulation;

import java.time.Duration;
import java.util.function.DoubleUnaryOperator;

/**
 * What a {@link WorkloadModel} is like.
 *
 * @param arrivals items per second, by the seconds since the start
 * @param perReplica items per second that one ready replica does
 * @param concurrency items that it works on at the same time
 * @param startUp from being asked for to being ready
 * @param partitions replicas beyond so many find nothing to do
 * @param downstream items per second that all replicas together can do, whatever limits them
 */
public record WorkPlan(
        DoubleUnaryOperator arrivals,
        double perReplica,
        int concurrency,
        Duration startUp,
        int partitions,
        double downstream) {

    /** One item at a time, ready after 10 s, without limits. */
    public static WorkPlan of(DoubleUnaryOperator arrivals, double perReplica) {
        return new WorkPlan(
                arrivals, perReplica, 1, Duration.ofSeconds(10), Integer.MAX_VALUE, Double.POSITIVE_INFINITY);
    }

    public WorkPlan concurrency(int instead) {
        return new WorkPlan(arrivals, perReplica, instead, startUp, partitions, downstream);
    }

    public WorkPlan startUp(Duration instead) {
        return new WorkPlan(arrivals, perReplica, concurrency, instead, partitions, downstream);
    }

    public WorkPlan partitions(int instead) {
        return new WorkPlan(arrivals, perReplica, concurrency, startUp, instead, downstream);
    }

    public WorkPlan downstream(double instead) {
        return new WorkPlan(arrivals, perReplica, concurrency, startUp, partitions, instead);
    }
}
