// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

/**
 * A line of an autoscaler's status.
 *
 * @param reason the word that {@code kubectl describe} shows
 * @param message for people, in our words
 */
public record Condition(Type type, boolean status, String reason, String message) {

    /** What it is about. */
    public enum Type {
        /** Whether the replicas can be set, and whether recent recommendations hold them. */
        ABLE_TO_SCALE("AbleToScale"),
        /** Whether there are numbers to scale by. */
        SCALING_ACTIVE("ScalingActive"),
        /** Whether a limit keeps the replicas from what the numbers say. */
        SCALING_LIMITED("ScalingLimited");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** As Kubernetes spells it. */
        @Override
        public String toString() {
            return word;
        }
    }
}
