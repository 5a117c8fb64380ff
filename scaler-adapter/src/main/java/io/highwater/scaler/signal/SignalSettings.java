// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.scaler.ObjectReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the configuration says of one signal. Which families, queries and labels there are is checked by {@link Origins}. */
public record SignalSettings(
        @Doc("a family that the agent exposes, e.g. `nats_consumer_num_pending`; or")
        Optional<String> family,

        @Doc("a query of a component `prometheus`, by its name; or")
        Optional<String> query,

        @Doc("a metric that a component `metrics` keeps, by its name")
        Optional<String> metric,

        @Default("{}")
        @Doc(
                "labels and the values that they must have, in which `*` stands for any text; besides the labels of the series"
                        + " `cluster`, `component`, `node`, and `role` (`primary`, `replica`) for the nodes that have that role now")
        Map<String, String> where,

        @Default("sum") @Doc("how several series become one number")
        Aggregate aggregate,

        @Default("[]") @Doc("labels, one number for each combination of their values")
        List<String> by,

        @Doc("of a counter: its increase per second over that time")
        Optional<Duration> rate,

        @Doc("of a gauge: its change per second over that time")
        Optional<Duration> slope,

        @Doc("the number when the backend answers and has no such series, usually 0; without it that is an error")
        Optional<Double> absent,

        @Default("false")
        @Doc("whether the number is good although some of its nodes do not answer, or a series is gone that was there")
        boolean partial,

        @Default("5m")
        @Doc("how old the number may be until it is an error; when it is younger, but old, policies hold what runs")
        Duration deadAfter,

        @Default("3") @Doc("how many good samples it takes to be believed again after that")
        int recovery,

        @Default("[]") @Doc("whose workloads may read the signal itself; policies need not be named")
        List<String> namespaces,

        @Default("[]") @Doc("objects that it is a number of, for metrics of type Object: `namespace/services/gateway`")
        List<String> objects) {

    public SignalSettings {
        require(
                Stream.of(family, query, metric).filter(Optional::isPresent).count() == 1,
                "needs one of family:, query: and metric:");
        require(rate.isEmpty() || slope.isEmpty(), "slope: leave out either rate or slope");
        Stream.of(rate, slope)
                .flatMap(Optional::stream)
                .forEach(window -> require(
                        window.compareTo(Duration.ofSeconds(2)) >= 0,
                        "%s: must be at least 2s".formatted(rate.isPresent() ? "rate" : "slope")));
        require(deadAfter.isPositive(), "deadAfter: must be longer than 0");
        require(recovery >= 1, "recovery: must be at least 1");
        where = Map.copyOf(where);
        objects.forEach(SignalSettings::requireObject);
    }

    private static void requireObject(String object) {
        require(object.split("/").length == 3, "objects: \"" + object + "\" is not namespace/resource/name");
    }

    /** The objects that it is a number of. */
    public List<ObjectReference> references() {
        return objects.stream()
                .map(object -> object.split("/"))
                .map(parts -> new ObjectReference(parts[0], parts[1], parts[2]))
                .toList();
    }

    private static void require(boolean fulfilled, String otherwise) {
        if (!fulfilled) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Of the family, query or metric. */
    public String source() {
        return family.or(() -> query).or(() -> metric).orElseThrow();
    }

    /** Over which its numbers are taken; zero for those of one moment. */
    Duration window() {
        return rate.or(() -> slope).orElse(Duration.ZERO);
    }
}
