// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import java.util.Locale;

/** What a colour says, the same on every dashboard. */
public enum Colour {
    /** As it should be. */
    GREEN,
    /** A ticket: look at it in working hours. */
    ORANGE,
    /** A page: look at it now. */
    RED,
    /** A number that is neither good nor bad. */
    BLUE,
    /** Not known, or nothing to say. */
    TEXT;

    /** As Grafana's theme calls it. */
    String theme() {
        return name().toLowerCase(Locale.ROOT);
    }
}
