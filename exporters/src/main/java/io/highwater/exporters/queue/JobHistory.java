// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Histogram;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one queue told since it is watched: how many jobs came to which end, how long they waited and ran, and
 * since when which job waits. The times are the events' own, so those of one clock; jobs that are removed when they are
 * done count as well.
 */
final class JobHistory {

    private final Histogram waits;
    private final Histogram runs;
    private final Map<String, Double> waiting = new HashMap<>();
    private final Map<String, Double> running = new HashMap<>();
    private int mostJobs;
    private boolean told;
    private boolean gap;
    private long completed;
    private long failed;
    private long exhausted;
    private long stalled;
    private long ended;
    private long gaps;
    private double lastWork = Double.NaN;

    JobHistory(QueueFamilies families) {
        this.waits = new Histogram(families.waits());
        this.runs = new Histogram(families.runs());
    }

    /**
     * Before the events of a collection.
     *
     * @param isTold whether there are events to be had at all
     * @param isGap whether some were gone before they could be read
     * @param jobs how many waiting and how many running jobs are remembered
     */
    void begin(boolean isTold, boolean isGap, int jobs) {
        told = isTold;
        gap = isGap;
        mostJobs = jobs;
        if (isGap) {
            gaps++;
            waiting.clear();
            running.clear();
        }
    }

    /** @param at when, in milliseconds since 1970 */
    void happened(String event, String job, double at) {
        switch (event) {
            case "waiting" -> {
                end(job, at);
                note(waiting, job, at);
            }
            case "active" -> {
                observe(waits, waiting.remove(job), at);
                note(running, job, at);
                lastWork = at;
            }
            case "completed", "failed" -> {
                completed += event.equals("completed") ? 1 : 0;
                failed += event.equals("failed") ? 1 : 0;
                waiting.remove(job);
                end(job, at);
                ended++;
            }
            case "delayed", "waiting-children" -> {
                // From being worked on, or just added.
                ended += end(job, at) ? 1 : 0;
                waiting.remove(job);
            }
            case "retries-exhausted" -> exhausted++;
            case "stalled" -> stalled++;
            case "removed" -> {
                waiting.remove(job);
                running.remove(job);
            }
            default -> {}
        }
    }

    private boolean end(String job, double at) {
        var since = running.remove(job);
        if (since != null) {
            observe(runs, since, at);
            lastWork = at;
        }
        return since != null;
    }

    private static void observe(Histogram into, @Nullable Double since, double at) {
        if (since != null) {
            into.observe((at - since) / 1000);
        }
    }

    /** When there is no room for more, those that wait the longest are the ones to remember. */
    private void note(Map<String, Double> jobs, String job, double at) {
        if (jobs.size() < mostJobs || jobs.containsKey(job)) {
            jobs.put(job, at);
        }
    }

    /** Whether what happens is told. */
    boolean isTold() {
        return told;
    }

    /** Whether some of what happened since the last collection is not known. */
    boolean hasGap() {
        return gap;
    }

    /** Since when the job waits, in milliseconds since 1970, when that was seen. */
    OptionalDouble waitingSince(String job) {
        var since = waiting.get(job);
        return since == null ? OptionalDouble.empty() : OptionalDouble.of(since);
    }

    /** Remembers what the job itself tells, when nothing was seen of it. */
    void learn(String job, double since) {
        if (told) {
            note(waiting, job, since);
        }
    }

    /** Forgets all but these, which are all that wait: jobs may go without an event. */
    void keepWaiting(Set<String> jobs, double before) {
        waiting.entrySet().removeIf(entry -> entry.getValue() < before && !jobs.contains(entry.getKey()));
    }

    /** When a worker took or ended a job last, in milliseconds since 1970. */
    OptionalDouble lastWork() {
        return Double.isNaN(lastWork) ? OptionalDouble.empty() : OptionalDouble.of(lastWork);
    }

    /** Attempts that ended, one way or the other. */
    long ended() {
        return ended;
    }

    void addTo(QueueState state) {
        state.put(Measure.COMPLETED, (double) completed)
                .put(Measure.FAILED, (double) failed)
                .put(Measure.RETRIES_EXHAUSTED, (double) exhausted)
                .put(Measure.STALLED, (double) stalled)
                .put(Measure.EVENTS_GAP, (double) gaps)
                .times(waits, runs);
    }
}
