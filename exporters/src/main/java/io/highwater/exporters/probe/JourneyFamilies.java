// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Family;
import java.util.List;
import java.util.stream.Stream;

/** What a journey tells of its steps. Of a step that was not come to, nothing but what was counted before. */
final class JourneyFamilies {

    private static final String SOURCE = "the agent's own attempts";

    static final Family SUCCESS = gauge("probe_journey_step_success", "Whether the step succeeded.");
    static final Family DURATION =
            gauge("probe_journey_step_duration_seconds", "How long the step took, with all its requests.");
    static final Family STATUS = gauge("probe_journey_step_status_code", "Status of the step's last answer.");
    static final Family REQUESTS =
            gauge("probe_journey_step_requests", "How often the step asked, until what it waits for was there.");
    static final Family BOUND = Family.gauge(
                    "probe_journey_step_slow_bound_seconds", "What the step may take and not be too slow.")
            .by("step")
            .from("configuration");
    static final Family ATTEMPTS = counter("probe_journey_step_attempts_total", "How often the step was come to.");
    static final Family SLOW =
            counter("probe_journey_step_slow_total", "How often the step succeeded, but took longer than it may.");
    static final Family FAILURES = Family.counter(
                    "probe_journey_step_failures_total", "How often the step failed, by reason.")
            .by("step", "reason")
            .from(SOURCE);

    static final List<Family> ALL = Stream.concat(
                    Stream.of(SUCCESS, DURATION, STATUS, REQUESTS, BOUND, ATTEMPTS, SLOW, FAILURES),
                    Stream.concat(
                            Stream.of(HttpFamilies.PHASE, NetworkFamilies.LOOKUP, NetworkFamilies.IP_PROTOCOL),
                            CertificateFamilies.ALL.stream()))
            .toList();

    private static Family gauge(String name, String help) {
        return Family.gauge(name, help).by("step").from("the newest attempt");
    }

    private static Family counter(String name, String help) {
        return Family.counter(name, help).by("step").from(SOURCE);
    }

    private JourneyFamilies() {}
}
