// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import io.highwater.core.web.Request;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a probe may take: what Prometheus says that it waits, less an offset for the way back. Ten seconds when nobody
 * says anything.
 */
record ProbeDeadline(Duration offset) {

    static final String HEADER = "X-Prometheus-Scrape-Timeout-Seconds";

    private static final Duration DEFAULT = Duration.ofSeconds(10);
    /** Shorter than what the web server allows an exchange. */
    private static final double LONGEST_SECONDS = 60;

    /** Empty when the header is no number of seconds. */
    Optional<Duration> of(Request request) {
        var header = request.header(HEADER);
        if (header.isEmpty()) {
            return Optional.of(DEFAULT);
        }
        try {
            double seconds = Double.parseDouble(header.get());
            return seconds > 0 ? Optional.of(within(seconds)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** An offset that would leave nothing is not taken off. */
    private Duration within(double seconds) {
        var asked = Duration.ofMillis(Math.round(Math.min(seconds, LONGEST_SECONDS) * 1000));
        var left = asked.minus(offset);
        return left.isPositive() ? left : asked;
    }
}
