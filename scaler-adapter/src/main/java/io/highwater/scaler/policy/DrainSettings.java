// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the configuration says of work that has to be done in time. */
public record DrainSettings(
        @Doc("which backlog of the agent's: `ha_backlog_*`; or, each by a signal")
        Optional<BacklogSettings> backlog,

        @Doc("signal: how many items there are") Optional<String> items,
        @Doc("signal: how many come, per second") Optional<String> arrivals,
        @Doc("signal: how many are done, per second") Optional<String> completions,
        @Doc("signal: age of the oldest item, in seconds") Optional<String> oldestAge,

        @Default("1m") @Doc("objective: what is there now is done after that long")
        Duration within,

        @Doc("objective: no item gets older than that") Optional<Duration> oldest,

        @Doc("how many items one replica does per second; learned while there is work when it is left out")
        Optional<Double> ratePerReplica,

        @Default("30s") @Doc("how long a new replica takes until it works")
        Duration startDelay,

        @Default("0.8") @Doc("how busy replicas are to be when there is no backlog")
        double utilization,

        @Doc("signal: items that are worked on; no replica that works on one is taken away")
        Optional<String> inFlight,

        @Default("1") @Doc("how many items a replica works on at once, for inFlight:")
        double concurrency,

        @Doc("more replicas than that cannot work") Optional<CeilingSettings> ceiling) {

    /** Which series of {@code ha_backlog_*}: the values of their labels. */
    public record BacklogSettings(
            String cluster,
            String component,
            @Doc("of what: stream, consumer, queue …") Optional<String> unit,

            @Doc("`*` stands for any text; the items of several are added")
            String name) {}

    /** A number of partitions, or another limit of how many can work. */
    public record CeilingSettings(
            Optional<Double> value,

            @Doc("or a signal, such as a consumer's max_ack_pending")
            Optional<String> signal,

            @Default("1") @Doc("how much of it one replica takes")
            double perReplica) {

        public CeilingSettings {
            Required.that(value.isPresent() != signal.isPresent(), "needs one of value: and signal:");
            Required.that(perReplica > 0, "perReplica: must be above 0");
        }
    }

    public DrainSettings {
        Required.that(backlog.isPresent() != items.isPresent(), "needs one of backlog: and items:");
        Required.that(
                backlog.isEmpty() || (arrivals.isEmpty() && completions.isEmpty() && oldestAge.isEmpty()),
                "backlog: has arrivals, completions and the oldest age itself");
        Required.that(within.isPositive(), "within: must be longer than 0");
        oldest.ifPresent(of -> Required.that(of.isPositive(), "oldest: must be longer than 0"));
        ratePerReplica.ifPresent(of -> Required.that(of > 0, "ratePerReplica: must be above 0"));
        Required.that(!startDelay.isNegative(), "startDelay: must not be below 0");
        Required.that(utilization > 0 && utilization <= 1, "utilization: must be above 0 and not above 1");
        Required.that(concurrency > 0, "concurrency: must be above 0");
    }

    /** The signals that it names. */
    List<String> signals() {
        return Stream.of(items, arrivals, completions, oldestAge, inFlight, ceiling.flatMap(CeilingSettings::signal))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The shorter of both objectives. */
    Duration objective() {
        return oldest.filter(of -> of.compareTo(within) < 0).orElse(within);
    }
}
