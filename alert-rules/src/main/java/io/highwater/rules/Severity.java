// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import io.highwater.core.Level;
import java.time.Duration;
import java.util.Locale;

/** Who is told of an alert, as its label {@code severity} says. */
public enum Severity {
    /** A page: somebody is woken. */
    CRITICAL(Duration.ofMinutes(2), Duration.ofMinutes(1), Duration.ofSeconds(30)),
    /** A ticket, for working hours. */
    WARNING(Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(1)),
    /** Good to know beside others. */
    INFO(Duration.ZERO, Duration.ZERO, Duration.ZERO),
    /** Nobody: it says that alerts arrive. */
    NONE(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final Duration l1;
    private final Duration l2;
    private final Duration l3;

    Severity(Duration l1, Duration l2, Duration l3) {
        this.l1 = l1;
        this.l2 = l2;
        this.l3 = l3;
    }

    /** As the value of the label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How long an alert goes on after its expression has ended, so that a scrape that failed does not end it. */
    public Duration keepFiring(Level level) {
        return switch (level) {
            case L1 -> l1;
            case L2 -> l2;
            case L3 -> l3;
        };
    }
}
