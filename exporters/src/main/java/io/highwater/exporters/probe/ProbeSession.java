// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;

/** One probe. */
final class ProbeSession implements Session {

    private final ProbePlan plan;
    private final Prober prober;

    ProbeSession(Target target, ProbePlan plan) {
        this.plan = plan;
        this.prober = plan.prober().open(target);
    }

    /** There is but one. */
    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        return new ProbeCollector(prober, plan);
    }

    @Override
    public void close() {
        prober.close();
    }
}
