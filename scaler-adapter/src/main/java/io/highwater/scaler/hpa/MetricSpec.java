// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

/** One entry of an autoscaler's {@code spec.metrics}. */
public sealed interface MetricSpec {

    /** Which API of Kubernetes the number comes from. */
    enum Source {
        EXTERNAL("FailedGetExternalMetric"),
        OBJECT("FailedGetObjectMetric");

        private final String failure;

        Source(String failure) {
            this.failure = failure;
        }
    }

    /**
     * A total, of which each replica is to have so much: {@code averageValue}. The right form for a backlog, and for the
     * replicas that a policy wants, with a target of 1.
     *
     * @param targetMilli thousandths, above 0
     */
    record PerReplica(Source source, String name, long targetMilli) implements MetricSpec {
        public PerReplica {
            requirePositive(targetMilli);
        }
    }

    /**
     * A number that more replicas make smaller, such as a latency, and that is to be so large: {@code value}.
     *
     * @param targetMilli thousandths, above 0
     */
    record Total(Source source, String name, long targetMilli) implements MetricSpec {
        public Total {
            requirePositive(targetMilli);
        }
    }

    /**
     * What the pods use of a resource: {@code averageUtilization}.
     *
     * @param name such as {@code cpu}
     * @param targetPercent of what they request, above 0
     */
    record Utilization(String name, int targetPercent) implements MetricSpec {
        public Utilization {
            requirePositive(targetPercent);
        }
    }

    String name();

    /** The reason that the condition ScalingActive has when it cannot be read. */
    default String failureReason() {
        return switch (this) {
            case PerReplica metric -> metric.source.failure;
            case Total metric -> metric.source.failure;
            case Utilization _ -> "FailedGetResourceMetric";
        };
    }

    private static void requirePositive(long target) {
        if (target <= 0) {
            throw new IllegalArgumentException("target: write a number above 0");
        }
    }
}
