// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One queue as a client sees it. What has no method of its own here is had with {@link #call} and {@link #callJob}, under
 * the library's own names.
 */
public final class JobQueue {

    private final QueueProgram program;
    private final String name;

    JobQueue(QueueProgram program, String name) {
        this.program = program;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The job's id. */
    public String add(Job job) {
        var parameters = job.parameters();
        parameters.put("queue", name);
        return String.valueOf(program.ask("add", parameters));
    }

    /** Adds many of a kind, some thousands at a time. */
    public void fill(int count, Job job) {
        program.fill(List.of(name), count, job);
    }

    /** The number of jobs in each state, as the library counts and names them. */
    public Map<String, Long> counts() {
        var counts = new LinkedHashMap<String, Long>();
        if (call("getJobCounts") instanceof Map<?, ?> all) {
            all.forEach((state, count) -> counts.put(String.valueOf(state), ((Number) count).longValue()));
        }
        return counts;
    }

    /** The number of jobs in one state; a state that the library does not know is an error. */
    public long count(String state) {
        var counts = counts();
        var count = counts.get(state);
        if (count == null) {
            throw new LabException("no state " + state + " in " + counts);
        }
        return count;
    }

    /** For all workers, wherever they are. */
    public void pause() {
        call("pause");
    }

    public void resume() {
        call("resume");
    }

    public boolean isPaused() {
        return Boolean.TRUE.equals(call("isPaused"));
    }

    /** The workers that are connected, as the library counts them. */
    public int workers() {
        return call("getWorkers") instanceof List<?> workers ? workers.size() : 0;
    }

    /** Of a job, as the library names it; "unknown" when there is no such job. */
    public String state(String job) {
        return String.valueOf(callJob(job, "getState"));
    }

    /** Removes what waits, and with that what is delayed, too. */
    public void drain() {
        call("drain", true);
    }

    /** Removes the queue, with what workers do now. */
    public void obliterate() {
        call("obliterate", Map.of("force", true));
    }

    /** The result of a method of the library's queue: null, a Boolean, Long, BigDecimal or String, or a List or Map of these. */
    public @Nullable Object call(String method, Object... arguments) {
        return program.ask("queue", Map.of("queue", name, "method", method, "args", List.of(arguments)));
    }

    /** The result of a method of the library's job, such as promote, retry, remove or changeDelay. */
    public @Nullable Object callJob(String job, String method, Object... arguments) {
        return program.ask("job", Map.of("queue", name, "job", job, "method", method, "args", List.of(arguments)));
    }

    /** A worker that does one job at a time. */
    public QueueWorker work() {
        return work(Map.of());
    }

    /**
     * A worker in the program's process, ready when this returns.
     *
     * @param options as the library takes them, such as concurrency, name, lockDuration, stalledInterval, limiter, metrics
     */
    public QueueWorker work(Map<String, ?> options) {
        var worker = program.ask("work", Map.of("queue", name, "options", options));
        return new QueueWorker(program, String.valueOf(worker));
    }
}
