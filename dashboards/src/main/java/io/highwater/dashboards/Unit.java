// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

/** What a number is counted in, as Grafana calls it. */
public enum Unit {
    COUNT("short"),
    PLAIN("none"),
    PER_SECOND("cps"),
    SECONDS("s"),
    BYTES("bytes"),
    BYTES_PER_SECOND("Bps"),
    /** 0 to 1, shown as per cent. */
    RATIO("percentunit"),
    /** Seconds since 1970 times 1000, shown as the time since then. */
    SINCE("dateTimeFromNow");

    private final String id;

    Unit(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }
}
