// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Backlogs;
import io.highwater.core.Family;
import io.highwater.core.Family.Kind;
import io.highwater.core.Ha;
import io.highwater.core.Samples;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The families of one component: the same of every kind of queue, under the component's own names. */
final class QueueFamilies {

    static final String BULLMQ = "bullmq";

    private static final double[] WAITS = {0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600};
    private static final double[] RUNS = {0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800};

    private final boolean bullMq;
    private final Family up;
    private final Family jobs;
    private final Family info;
    private final Family wait;
    private final Family run;
    private final Family queues;
    private final Family leftOut;
    private final Map<Measure, Family> measures = new EnumMap<>(Measure.class);

    /** @param scope the name of the label that tells apart queues of the same name */
    QueueFamilies(String component, String scope) {
        var labels = new String[] {"queue", scope, "backend"};
        bullMq = component.equals(BULLMQ);
        up = Family.gauge(name(component, "up"), "Whether the server answered the last time it was asked.")
                .from("HELLO; for Postgres pg_is_in_recovery()");
        jobs = (bullMq
                        ? Family.compatible("bullmq_job_count", Kind.GAUGE, "Jobs in each state.")
                        : Family.gauge("queue_jobs", "Jobs in each state."))
                .from("LLEN and ZCARD, without the markers that are no jobs; XINFO GROUPS; SELECT count(*)")
                .by("queue", scope, "backend", "state");
        info = Family.info(name(component, "queue_info"), "What last wrote to the queue.")
                .from("HGET <queue>:meta version")
                .by("queue", scope, "backend", "version");
        wait = Family.histogram(
                        name(component, "job_wait_seconds"),
                        "How long jobs waited from when they could be started until they were.",
                        WAITS)
                .from("XREAD <queue>:events")
                .by(labels);
        run = Family.histogram(
                        name(component, "job_duration_seconds"), "How long attempts took, however they ended.", RUNS)
                .from("XREAD <queue>:events")
                .by(labels);
        queues = Family.gauge(bullMq ? "bullmq_queues" : "queue_watched", "Queues that are watched.")
                .from("SCAN; configuration");
        leftOut = Family.gauge(
                        bullMq ? "bullmq_queues_left_out" : "queue_left_out",
                        "Queues that are not watched since there are more than maxQueues.")
                .from("SCAN; configuration");
        for (var measure : Measure.values()) {
            measure.family(component, labels).ifPresent(family -> measures.put(measure, family));
        }
    }

    /** {@code bullmq_queue_paused} is {@code queue_paused} of the others. */
    static String name(String component, String stem) {
        return component.equals(BULLMQ)
                ? "bullmq_" + stem
                : "queue_" + (stem.startsWith("queue_") ? stem.substring("queue_".length()) : stem);
    }

    Family up() {
        return up;
    }

    Family waits() {
        return wait;
    }

    Family runs() {
        return run;
    }

    Family queues() {
        return queues;
    }

    Family leftOut() {
        return leftOut;
    }

    /** What {@link #add} may add, and the rates. */
    List<Family> all() {
        var all = new ArrayList<Family>(List.of(jobs, queues, leftOut));
        if (bullMq) {
            all.addAll(List.of(info, wait, run));
        } else {
            all.add(Ha.CONFIG_FINDING);
        }
        all.addAll(measures.values());
        all.addAll(Backlogs.FAMILIES);
        return all;
    }

    void add(QueueState state, Samples out) {
        var name = state.name();
        state.counts().forEach((of, count) -> out.add(jobs, (double) count, name.labels(of)));
        state.measures().forEach((measure, value) -> add(measure, value, name, out));
        state.version().ifPresent(version -> out.add(info, 1, name.labels(version)));
        state.waits().ifPresent(histogram -> out.add(wait, histogram, name.labels()));
        state.runs().ifPresent(histogram -> out.add(run, histogram, name.labels()));
    }

    void add(Measure measure, double value, QueueName queue, Samples out) {
        out.add(Objects.requireNonNull(measures.get(measure)), value, queue.labels());
    }
}
