// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Collector;
import io.highwater.core.Samples;
import io.highwater.core.ServiceLevel;
import java.time.Duration;

/** Lets one prober try at its pace, and counts. A probe that fails is a result: what it saw is published all the same. */
final class ProbeCollector implements Collector {

    private final Prober prober;
    private final ProbePlan plan;
    private final ServiceLevel level = new ServiceLevel(ProbeFamilies.SERVICE_LEVEL);

    ProbeCollector(Prober prober, ProbePlan plan) {
        this.prober = prober;
        this.plan = plan;
    }

    @Override
    public void collect(Samples out) throws InterruptedException {
        var attempt = Attempt.within(plan.timeout());
        boolean ended = false;
        try {
            attempt(attempt, out);
            ended = true;
        } finally {
            if (!ended) {
                level.failed(attempt.startedNanos(), FailureReason.TIMEOUT.label());
            }
        }
        level.addTo(out, System.nanoTime());
    }

    private void attempt(Attempt attempt, Samples out) throws InterruptedException {
        try {
            prober.probe(attempt, out);
            var most = attempt.slow().get() ? Duration.ZERO : plan.mostTime();
            level.succeeded(attempt.startedNanos(), System.nanoTime(), most);
            out.fact(new ProbeState(true, plan.prober().isOfService()));
        } catch (ProbeFailure e) {
            level.failed(attempt.startedNanos(), e.reason().label());
            out.fact(new ProbeState(false, plan.prober().isOfService()));
            out.fail(e.reason().reason(), e.reason().label() + ": " + e.getMessage());
        } catch (CollectionException e) {
            level.failed(attempt.startedNanos(), FailureReason.SETUP.label());
            out.fact(new ProbeState(false, plan.prober().isOfService()));
            out.fail(e.reason(), FailureReason.SETUP.label() + ": " + e.getMessage());
        }
        out.add(ProbeFamilies.DURATION, (System.nanoTime() - attempt.startedNanos()) / 1e9);
        out.add(ProbeFamilies.TIMEOUT, plan.timeout().toNanos() / 1e9);
        out.add(ProbeFamilies.INTERVAL, plan.interval().toNanos() / 1e9);
        out.add(ProbeFamilies.PROBER, 1, plan.kind());
    }

    @Override
    public void abort() {
        prober.abort();
    }
}
