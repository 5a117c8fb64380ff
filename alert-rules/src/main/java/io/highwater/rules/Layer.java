// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where an alert stands between cause and consequence, as its label {@code layer} says. In order of dependency: a page of
 * one layer explains what goes wrong in those after it, and inhibits that.
 */
public enum Layer {
    /** Nothing is seen. */
    MONITORING,
    /** A whole component cannot serve. */
    STORE,
    /** A part of a component cannot: a stream without a leader, writes refused, connections exhausted. */
    PART,
    /** Queues, outboxes and consumers stand still. */
    WORK,
    /** The error budget burns. */
    BUDGET,
    /** Members are lost, replicas are behind. */
    REDUNDANCY,
    /** The rest: limits that come near, settings, what is good to know. */
    CAUSE;

    /** As the value of the label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many times as long as one that explains nothing a page goes on after its end. */
    int keeps() {
        return switch (this) {
            case MONITORING -> 4;
            case STORE -> 3;
            case PART -> 2;
            case WORK, BUDGET, REDUNDANCY, CAUSE -> 1;
        };
    }

    /** What may be a consequence of this one. */
    public List<Layer> after() {
        return Stream.of(values()).filter(layer -> layer.compareTo(this) > 0).toList();
    }
}
