// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import static io.highwater.core.Family.gauge;

import io.highwater.core.Family;
import java.util.List;

/** What is told of other programs' pages; what is on them is for signals and is not exposed again. */
final class MetricsFamilies {

    static final Family UP = gauge("metrics_endpoint_up", "Whether the page was fetched and could be read.")
            .from("outcome of the scrape collector");
    static final Family SERIES = gauge(
                    "metrics_endpoint_series", "Series of the page that are kept for signals and are numbers.")
            .from("the page, names as keep has them");
    static final Family SAMPLES = gauge("metrics_endpoint_samples", "Samples on the page, kept or not.")
            .from("the page");
    static final Family BODY = gauge("metrics_endpoint_body_bytes", "Size of the page, uncompressed.")
            .from("the page");
    static final Family DURATION = gauge(
                    "metrics_endpoint_duration_seconds", "How long it took to fetch and read the page.")
            .from("the agent's clock");

    static final List<Family> OF_SCRAPE = List.of(SERIES, SAMPLES, BODY, DURATION);

    private MetricsFamilies() {}
}
