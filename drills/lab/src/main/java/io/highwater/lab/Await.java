// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The lab's only way to wait: for a condition, up to a limit, with evidence when the limit passes. */
final class Await {

    private static final long POLL_MILLIS = 20;

    private Await() {}

    /**
     * @param what completes the sentence "waited 30 s for ..."
     * @param evidence what to print when it did not happen, such as the end of a log
     */
    static void until(String what, Duration limit, BooleanSupplier done, Supplier<String> evidence) {
        if (!within(limit, done)) {
            throw new LabException("waited " + limit.toSeconds() + " s for " + what + "\n" + evidence.get());
        }
    }

    /** Whether the condition came true before the limit. */
    static boolean within(Duration limit, BooleanSupplier done) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting", e);
        }
    }
}
