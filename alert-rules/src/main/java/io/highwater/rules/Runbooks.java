// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

/** The runbooks of alerts. */
public final class Runbooks {

    private static final String BLIND = "Blind";

    private Runbooks() {}

    /** The name of the alert's runbook: its own, but for those that say that others are blind, which share one. */
    static String of(Alert alert) {
        return alert.name().endsWith(BLIND) ? BLIND : alert.name();
    }
}
