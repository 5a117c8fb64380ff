// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * Finds out whether more replicas do more: half as many more than a minute ago, all of them with work, and less than a
 * tenth of what was to be expected more is done. Then something else is the limit. That is believed until the work is
 * done, or for ten minutes. Not safe for several threads.
 */
final class Effectiveness {

    private static final double LEAST_GROWTH = 1.5;
    private static final double LEAST_GAIN = 0.1;
    private static final Duration BELIEVED = Duration.ofMinutes(10);
    private static final Duration SPACING = Duration.ofSeconds(5);

    /** Both over the minute before. */
    private record Seen(long nanos, double replicas, double perSecond) {}

    private final Deque<Seen> before = new ArrayDeque<>();
    private OptionalInt limit = OptionalInt.empty();
    private long foundAt;

    /**
     * Notes what is now.
     *
     * @param hasBacklog whether there is work for every replica
     * @param ready replicas that work
     * @param meanReplicas that there were over {@link ServiceRate#WINDOW}
     * @param perSecond what all of them did together in that time
     */
    void note(long now, boolean hasBacklog, int ready, double meanReplicas, double perSecond) {
        if (!hasBacklog) {
            before.clear();
            limit = OptionalInt.empty();
            return;
        }
        if (limit.isPresent() && now - foundAt > BELIEVED.toNanos()) {
            limit = OptionalInt.empty();
        }
        if (before.isEmpty() || now - before.getLast().nanos >= SPACING.toNanos()) {
            before.addLast(new Seen(now, meanReplicas, perSecond));
        }
        while (before.size() > 1 && now - before.getFirst().nanos > 2 * ServiceRate.WINDOW.toNanos()) {
            before.removeFirst();
        }
        if (limit.isEmpty() && before.stream().anyMatch(then -> isInVain(then, now, meanReplicas, perSecond))) {
            limit = OptionalInt.of(ready);
            foundAt = now;
        }
    }

    /** Of moments so long ago that none of what was counted then is counted now. */
    private static boolean isInVain(Seen then, long now, double replicas, double perSecond) {
        return now - then.nanos >= ServiceRate.WINDOW.toNanos()
                && then.perSecond > 0
                && replicas >= LEAST_GROWTH * then.replicas
                && perSecond - then.perSecond < LEAST_GAIN * then.perSecond * (replicas / then.replicas - 1);
    }

    /** The number of replicas beyond which more would do no more; empty when nothing says so. */
    OptionalInt limit() {
        return limit;
    }
}
