// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.time.Instant;

/** What lies between the replicas that metrics lead to and those that are set. Keeps what was recommended and done. */
interface Normalization {

    /**
     * @param able the condition AbleToScale: whether recommendations of before hold it
     * @param limited the condition ScalingLimited
     */
    record Normalized(int replicas, Condition able, Condition limited) {}

    Normalized normalize(Instant now, int current, int desired);

    /** To be told of every change that was made. */
    void scaled(Instant now, int from, int to);

    static Condition ready() {
        return new Condition(
                Condition.Type.ABLE_TO_SCALE, true, "ReadyForNewScale", "no recommendation of before holds it");
    }

    static Condition stabilized(boolean up) {
        return up
                ? able("ScaleUpStabilized", "the lowest of the recent recommendations applies")
                : able("ScaleDownStabilized", "the highest of the recent recommendations applies");
    }

    private static Condition able(String reason, String message) {
        return new Condition(Condition.Type.ABLE_TO_SCALE, true, reason, message);
    }
}
