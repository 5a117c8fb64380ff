// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static io.highwater.core.Family.compatible;
import static io.highwater.core.Family.gauge;
import static io.highwater.core.Family.info;

import io.highwater.core.Family;
import io.highwater.core.Family.Kind;
import io.highwater.core.ServiceLevel;
import java.util.List;
import java.util.stream.Stream;

/** What every probe tells, whatever it tries; names and meanings are those of the blackbox exporter where it has them. */
final class ProbeFamilies {

    static final Family SUCCESS = compatible("probe_success", Kind.GAUGE, "Whether the probe succeeded.")
            .from("outcome of the newest attempt");
    static final Family DURATION = compatible("probe_duration_seconds", Kind.GAUGE, "How long the newest attempt took.")
            .from("the agent's clock");
    static final Family TIMEOUT = compatible("probe_timeout_seconds", Kind.GAUGE, "How long an attempt may take.")
            .from("configuration");
    static final Family INTERVAL = gauge(
                    "probe_interval_seconds", "From the start of one attempt to the start of the next.")
            .from("configuration");

    static final Family PROBER = info("probe_prober_info", "What kind of probe it is: http, journey, tcp and others.")
            .from("configuration")
            .by("prober");

    static final ServiceLevel.Families SERVICE_LEVEL = ServiceLevel.Families.of("probe");

    static final List<Family> COMMON = Stream.concat(
                    Stream.of(DURATION, TIMEOUT, INTERVAL, PROBER), SERVICE_LEVEL.all().stream())
            .toList();

    private ProbeFamilies() {}
}
