// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What one label must be. */
public sealed interface Requirement {

    boolean isMetBy(Map<String, String> labels);

    /** One of these, and there. */
    record In(String key, Set<String> values) implements Requirement {
        public In {
            values = Set.copyOf(values);
        }

        @Override
        public boolean isMetBy(Map<String, String> labels) {
            return labels.containsKey(key) && values.contains(labels.get(key));
        }

        @Override
        public String toString() {
            return values.size() == 1 ? key + "=" + values.iterator().next() : key + " in " + list(values);
        }
    }

    /** None of these, or not there. */
    record NotIn(String key, Set<String> values) implements Requirement {
        public NotIn {
            values = Set.copyOf(values);
        }

        @Override
        public boolean isMetBy(Map<String, String> labels) {
            return !labels.containsKey(key) || !values.contains(labels.get(key));
        }

        @Override
        public String toString() {
            return values.size() == 1 ? key + "!=" + values.iterator().next() : key + " notin " + list(values);
        }
    }

    record Exists(String key) implements Requirement {
        @Override
        public boolean isMetBy(Map<String, String> labels) {
            return labels.containsKey(key);
        }

        @Override
        public String toString() {
            return key;
        }
    }

    record Absent(String key) implements Requirement {
        @Override
        public boolean isMetBy(Map<String, String> labels) {
            return !labels.containsKey(key);
        }

        @Override
        public String toString() {
            return "!" + key;
        }
    }

    /** A whole number beyond a bound. */
    record Compared(String key, boolean greater, long bound) implements Requirement {
        @Override
        public boolean isMetBy(Map<String, String> labels) {
            try {
                long value = Long.parseLong(labels.getOrDefault(key, ""));
                return greater ? value > bound : value < bound;
            } catch (NumberFormatException notWhole) {
                return false;
            }
        }

        @Override
        public String toString() {
            return key + (greater ? ">" : "<") + bound;
        }
    }

    private static String list(Set<String> values) {
        return "(" + String.join(",", new TreeSet<>(values)) + ")";
    }
}
