// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import static io.highwater.core.Family.gauge;

import io.highwater.core.Availability;
import io.highwater.core.Family;
import io.highwater.core.Ha;
import java.util.List;

/** What is told of queries; what they give is for signals and is not exposed again. */
final class PrometheusFamilies {

    static final Family UP =
            gauge("promql_up", "Whether the server answers queries.").from("outcome of the queries collector");
    static final Family SUCCESS = gauge(
                    "promql_query_success", "Whether the server answered the query with what a signal can be made of.")
            .from("status of the answer")
            .by("query");
    static final Family SERIES = gauge("promql_query_series", "Series that the query gave and that are numbers.")
            .from("result of the answer")
            .by("query");
    static final Family DURATION = gauge("promql_query_duration_seconds", "How long the query took, as seen from here.")
            .from("the agent's clock")
            .by("query");

    static final List<Family> OF_QUERIES = List.of(SUCCESS, SERIES, DURATION);

    static final List<Family> DERIVED =
            List.of(Ha.MEMBERS, Ha.QUORUM_MARGIN, Availability.OBSERVED, Availability.UNAVAILABLE, Availability.OUTAGE);

    private PrometheusFamilies() {}
}
