// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * Finds out whether more replicas do more. When they grew, had time to start and stayed as they are for the window of
 * the completions, and all did less than a tenth of what was to be expected more, then something else is the limit. That
 * is believed until the work is done, or for ten minutes. Not safe for several threads.
 */
final class Effectiveness {

    private static final double LEAST_GAIN = 0.1;
    private static final Duration BELIEVED = Duration.ofMinutes(10);

    private final long settles;
    private int replicas;
    private long changedAt;
    private boolean growing;
    private int fewer;
    private double before;
    private boolean found;
    private long foundAt;

    /** @param startDelay of a replica */
    Effectiveness(Duration startDelay) {
        this.settles = startDelay.plus(ServiceRate.WINDOW).toNanos();
    }

    /**
     * Notes what is now.
     *
     * @param hasBacklog whether there is work for every replica
     * @param ready replicas that work
     * @param perSecond what all of them did together
     */
    void note(long now, boolean hasBacklog, int ready, double perSecond) {
        if (!hasBacklog || (found && now - foundAt > BELIEVED.toNanos())) {
            growing = false;
            found = false;
        }
        if (ready != replicas) {
            changed(now, hasBacklog, ready, perSecond);
        } else if (growing && now - changedAt >= settles) {
            double expected = before * replicas / fewer - before;
            found = perSecond - before < LEAST_GAIN * expected;
            foundAt = now;
            growing = false;
        }
    }

    private void changed(long now, boolean hasBacklog, int ready, double perSecond) {
        if (ready < replicas) {
            growing = false;
            found = false;
        } else if (!growing && hasBacklog && replicas > 0 && perSecond > 0) {
            growing = true;
            fewer = replicas;
            before = perSecond;
        }
        replicas = ready;
        changedAt = now;
    }

    /** The number of replicas beyond which more would do no more; empty when nothing says so. */
    OptionalInt limit() {
        return found ? OptionalInt.of(replicas) : OptionalInt.empty();
    }
}
