// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;

/** One attempt of a journey: its steps, one after the other, until one fails. */
final class JourneyRun {

    private final JourneySettings settings;
    private final AllowedHosts hosts;
    private final Map<String, StepCounts> counts;
    private final HttpVisit visit;
    private final JourneyValues values;
    private final Optional<String> login;
    private HttpUrl before;

    /** @param counts by step, which go on from attempt to attempt */
    JourneyRun(JourneySettings settings, AllowedHosts hosts, Map<String, StepCounts> counts, HttpVisit visit)
            throws CollectionException {
        this.settings = settings;
        this.hosts = hosts;
        this.counts = counts;
        this.visit = visit;
        this.login = HttpTransport.authorization(settings.access());
        this.values = new JourneyValues(settings.secrets(), login);
        this.before = settings.first();
    }

    void go(Attempt attempt, Samples out) throws ProbeFailure, CollectionException, InterruptedException {
        for (var step : settings.steps()) {
            var limited = step.timeout().map(attempt::atMost).orElse(attempt);
            go(step, Objects.requireNonNull(counts.get(step.name())), limited, out);
        }
    }

    private void go(StepSettings step, StepCounts count, Attempt attempt, Samples out)
            throws ProbeFailure, CollectionException, InterruptedException {
        var asking = new JourneyStep(step, visit, values);
        long started = System.nanoTime();
        boolean succeeded = false;
        try {
            before = url(step);
            asking.run(before, HttpAsk.isSameOrigin(before, settings.first()) ? login : Optional.empty(), attempt);
            if (count.succeeded(Duration.ofNanos(System.nanoTime() - started))) {
                attempt.slow().set(true);
            }
            succeeded = true;
        } catch (ProbeFailure e) {
            count.failed(e.reason());
            throw values.secrets().masked("step " + step.name() + ": ", e);
        } finally {
            out.add(JourneyFamilies.SUCCESS, succeeded, step.name());
            out.add(JourneyFamilies.DURATION, (System.nanoTime() - started) / 1e9, step.name());
            out.add(JourneyFamilies.REQUESTS, asking.requests(), step.name());
            asking.lastStatus().ifPresent(status -> out.add(JourneyFamilies.STATUS, status, step.name()));
        }
    }

    private HttpUrl url(StepSettings step) throws ProbeFailure {
        var url = values.url(step.url(), before);
        if (!hosts.allow(url)) {
            throw new ProbeFailure(
                    FailureReason.REDIRECT,
                    step.url() + " leads to " + HttpAsk.origin(url) + ", which followTo does not name");
        }
        return url;
    }
}
