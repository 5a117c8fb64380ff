// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What is known of one backlog at one moment: a queue, a consumer, whatever work waits in.
 *
 * @param unit the kind of it, as {@code ha_quorum_margin} has it: {@code consumer}, {@code queue}, {@code group}
 * @param name its name, the only one of that unit in the component and cluster
 * @param items how many are there that are not done with, those that are being worked on included; not below 0
 * @param oldestAgeSeconds how long the oldest of them has been there
 * @param arrivals how many have ever come, as the backend counts them
 * @param completions how many have ever been done with, as the backend counts them
 * @param readNanos when all this was read, on the {@link System#nanoTime} scale
 */
public record Backlog(
        String unit,
        String name,
        OptionalDouble items,
        OptionalDouble oldestAgeSeconds,
        OptionalLong arrivals,
        OptionalLong completions,
        long readNanos) {

    public Backlog {
        if (items.isPresent() && !(items.getAsDouble() >= 0)) {
            throw new IllegalArgumentException(unit + " " + name + " cannot have " + items.getAsDouble() + " items");
        }
    }
}
