// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

/** What a number of replicas may be, and what it says of one that may not. */
record Bounds(int fewest, Reason below, int most, Reason above) {

    /** Which limit it is. */
    enum Reason {
        MINIMUM("TooFewReplicas", "minReplicas keeps it"),
        MAXIMUM("TooManyReplicas", "maxReplicas keeps it"),
        UP_RATE("ScaleUpLimit", "replicas may not be added faster"),
        DOWN_RATE("ScaleDownLimit", "replicas may not be taken away faster"),
        NONE("DesiredWithinRange", "no limit keeps it");

        private final String word;
        private final String message;

        Reason(String word, String message) {
            this.word = word;
            this.message = message;
        }
    }

    int clamp(int desired) {
        return Math.clamp(desired, fewest, most);
    }

    Condition condition(int desired) {
        Reason reason = desired < fewest ? below : desired > most ? above : Reason.NONE;
        return new Condition(Condition.Type.SCALING_LIMITED, reason != Reason.NONE, reason.word, reason.message);
    }
}
