// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The newest values of a series as a line of characters, from low to high; a blank where there was none. */
final class Sparkline {

    static final String BLOCKS = "▁▂▃▄▅▆▇█";
    static final String ASCII = "_.-:=+*#";

    private final int width;
    private final String levels;
    private final Deque<OptionalDouble> values = new ArrayDeque<>();

    Sparkline(int width, String levels) {
        this.width = width;
        this.levels = levels;
    }

    void add(OptionalDouble value) {
        values.addLast(value);
        if (values.size() > width) {
            values.removeFirst();
        }
    }

    OptionalDouble max() {
        return values.stream().flatMapToDouble(OptionalDouble::stream).max();
    }

    /** The highest level stands for the maximum, but for 1 at least: noise is to look like noise. */
    String text() {
        var top = Math.max(1, max().orElse(1));
        return values.stream()
                .map(value -> value.isEmpty() ? " " : String.valueOf(level(value.getAsDouble() / top)))
                .collect(Collectors.joining());
    }

    private char level(double part) {
        return levels.charAt((int) Math.round(Math.clamp(part, 0, 1) * (levels.length() - 1)));
    }
}
