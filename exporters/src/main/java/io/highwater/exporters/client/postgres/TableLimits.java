// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import java.time.DateTimeException;
import java.time.ZoneId;

/** What settings of several kinds of tables refuse alike. */
public final class TableLimits {

    private static final int MOST_ROWS = 1_000_000;

    private TableLimits() {}

    public static void checkCap(int cap) {
        if (cap < 1 || cap > MOST_ROWS) {
            throw new IllegalArgumentException("cap: write 1 to " + MOST_ROWS);
        }
    }

    public static void checkTimeZone(String zone) {
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("timeZone: write a zone such as UTC or Europe/Berlin", e);
        }
    }
}
