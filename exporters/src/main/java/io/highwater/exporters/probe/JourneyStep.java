// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.HttpUrl;

/** One step at work: asks, looks at the answer, asks again while it has to wait, and captures. */
final class JourneyStep {

    /** For so long a server hardly closes a connection that waits; the client would not see it and fail. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final StepSettings settings;
    private final HttpVisit visit;
    private final JourneyValues values;
    private int requests;
    private int lastStatus;

    JourneyStep(StepSettings settings, HttpVisit visit, JourneyValues values) {
        this.settings = settings;
        this.visit = visit;
        this.values = values;
    }

    /** How often it asked. */
    int requests() {
        return requests;
    }

    /** Of the last answer; empty when there was none. */
    Optional<Integer> lastStatus() {
        return lastStatus == 0 ? Optional.empty() : Optional.of(lastStatus);
    }

    /** @param login the value of {@code Authorization}, if there is to be one */
    void run(HttpUrl url, Optional<String> login, Attempt attempt)
            throws ProbeFailure, CollectionException, InterruptedException {
        var ask = new HttpAsk(
                settings.method(),
                url,
                values.headers(settings.headers()),
                login,
                values.in(settings.body().orElse("")));
        var answer =
                settings.until().isPresent() ? awaited(ask, settings.until().get(), attempt) : checked(ask, attempt);
        for (var capture : new TreeMap<>(settings.capture()).entrySet()) {
            values.capture(capture.getKey(), capture.getValue().from(answer, capture.getKey(), attempt));
        }
    }

    private HttpAnswer checked(HttpAsk ask, Attempt attempt)
            throws ProbeFailure, CollectionException, InterruptedException {
        requests++;
        lastStatus = 0;
        try {
            var answer = visit.send(ask, attempt, settings.wantsBody());
            settings.conditions().with(values::in).check(ask.where(), answer, values.secrets(), attempt);
            return answer;
        } finally {
            lastStatus = visit.lastStatus();
        }
    }

    private HttpAnswer awaited(HttpAsk ask, UntilSettings until, Attempt attempt)
            throws ProbeFailure, CollectionException, InterruptedException {
        var patience = attempt.atMost(until.within());
        var end = until.conditions().with(values::in);
        var answer = checked(ask, patience);
        while (true) {
            try {
                end.check(ask.where(), answer, values.secrets(), patience);
                return answer;
            } catch (ProbeFailure notYet) {
                pause(until.every(), patience, notYet);
                answer = again(ask, patience, notYet);
            }
        }
    }

    /** When there is no answer in time, what the one before was is told. */
    private HttpAnswer again(HttpAsk ask, Attempt patience, ProbeFailure notYet)
            throws ProbeFailure, CollectionException, InterruptedException {
        try {
            return checked(ask, patience);
        } catch (ProbeFailure e) {
            throw e.reason() == FailureReason.TIMEOUT ? still(notYet) : e;
        }
    }

    private ProbeFailure still(ProbeFailure notYet) {
        return new ProbeFailure(
                FailureReason.TIMEOUT, "asked " + requests + " times, and still: " + notYet.getMessage(), notYet);
    }

    private void pause(Duration every, Attempt patience, ProbeFailure notYet)
            throws ProbeFailure, InterruptedException {
        if (patience.left().compareTo(every) <= 0) {
            throw still(notYet);
        }
        if (every.compareTo(SHORT) > 0) {
            visit.beginAnew();
        }
        Thread.sleep(every);
    }
}
