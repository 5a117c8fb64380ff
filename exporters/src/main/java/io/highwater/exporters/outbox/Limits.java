// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import java.time.DateTimeException;
import java.time.ZoneId;

/** What settings of several kinds of tables refuse alike. */
final class Limits {

    private static final int MOST_ROWS = 1_000_000;

    private Limits() {}

    static void checkCap(int cap) {
        if (cap < 1 || cap > MOST_ROWS) {
            throw new IllegalArgumentException("cap: write 1 to " + MOST_ROWS);
        }
    }

    static void checkTimeZone(String zone) {
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("timeZone: write a zone such as UTC or Europe/Berlin", e);
        }
    }
}
