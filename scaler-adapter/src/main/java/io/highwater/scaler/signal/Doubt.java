// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import io.highwater.scaler.signal.SignalState.Quality;
import java.time.Duration;
import java.util.function.Supplier;

/** What speaks against a number: how old its parts are, and the reason of the oldest that is older than it should be. */
final class Doubt {

    private final long deadAfter;
    private long oldest;
    private long latest;
    private String reason = "";

    Doubt(Duration deadAfter) {
        this.deadAfter = deadAfter.toNanos();
    }

    /**
     * Takes one part into account.
     *
     * @param maxAge from which on it is late
     * @param why it is late, if it is
     */
    void age(long nanos, Duration maxAge, Supplier<String> why) {
        oldest = Math.max(oldest, nanos);
        if (nanos > maxAge.toNanos() && nanos > latest) {
            latest = nanos;
            reason = why.get() + ", last seen " + Duration.ofNanos(nanos).toSeconds() + " s ago";
        }
    }

    SignalState judge(Numbers numbers) {
        var age = Duration.ofNanos(oldest);
        if (!numbers.problem().isEmpty()) {
            return new SignalState(Quality.DEAD, numbers.values(), age, numbers.problem());
        }
        var quality = latest == 0 ? Quality.FRESH : latest > deadAfter ? Quality.DEAD : Quality.STALE;
        return new SignalState(quality, numbers.values(), age, reason);
    }
}
