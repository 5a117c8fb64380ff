// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.CollectorSpec;
import io.highwater.core.Doc;
import io.highwater.core.Schedule;
import java.time.Duration;
import java.util.Optional;

/** What the configuration changes about one collector; all else is as its exporter says. */
record CollectorSettings(
        @Doc("whether it runs") Optional<Boolean> enabled,

        @Doc("from the start of one collection to the start of the next")
        Optional<Duration> interval,

        @Doc("the deadline of one collection, counted from its start")
        Optional<Duration> timeout,

        @Doc(
                "how long samples are exposed when no newer collection succeeds; interval + timeout when one of these is given")
        Optional<Duration> maxAge,

        @Doc("how many samples one family may have; what is above is dropped and counted")
        Optional<Integer> maxSeries) {

    boolean enabled(CollectorSpec spec) {
        return enabled.orElse(spec.enabled());
    }

    Schedule schedule(CollectorSpec spec) {
        var usual = spec.schedule();
        var every = interval.orElse(usual.interval());
        var deadline = timeout.orElse(usual.timeout());
        var unchanged = every.equals(usual.interval()) && deadline.equals(usual.timeout());
        return new Schedule(
                every,
                deadline,
                maxAge.orElse(unchanged ? usual.maxAge() : every.plus(deadline)),
                maxSeries.orElse(usual.maxSeries()));
    }
}
