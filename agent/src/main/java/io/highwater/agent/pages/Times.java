// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Times as people read them at a glance. */
final class Times {

    private Times() {}

    /** {@code 3 ms}, {@code 4.2 s}, {@code 12 min}, {@code 5 h}, {@code 3 d}. */
    static String of(Duration duration) {
        if (duration.toSeconds() < 1) {
            return duration.toMillis() + " ms";
        }
        if (duration.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
        }
        if (duration.toHours() < 1) {
            return duration.toMinutes() + " min";
        }
        return duration.toDays() < 2 ? duration.toHours() + " h" : duration.toDays() + " d";
    }

    static String ago(Instant instant) {
        return of(Duration.between(instant, Instant.now())) + " ago";
    }

    static String ago(long sinceNanos, long nowNanos) {
        return of(Duration.ofNanos(nowNanos - sinceNanos)) + " ago";
    }

    /** UTC, to the millisecond. */
    static String utc(Instant instant) {
        return Instant.ofEpochMilli(instant.toEpochMilli()).toString();
    }
}
