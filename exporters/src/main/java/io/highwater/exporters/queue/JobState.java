// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.exporters.client.postgres.TableReading;
import io.highwater.exporters.queue.JobNumbers.InQueue;
import io.highwater.exporters.queue.JobSlice.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the readings of a table's slices tell of one of its queues. */
final class JobState {

    /** One slice, as it was read, or could not be. */
    private record Read(Kind kind, String state, long nanos, Optional<JobNumbers> numbers) {

        boolean isComplete() {
            return numbers.isPresent() && !numbers.get().capped();
        }
    }

    private final String queue;
    private final List<Read> slices = new ArrayList<>();

    private JobState(String queue, List<TableReading<JobQuery, JobNumbers>> readings) {
        this.queue = queue;
        boolean all = queue.equals(QueuesSettings.TOGETHER);
        for (var reading : readings) {
            var slice = reading.table().slice();
            if (all == (slice.kind() == Kind.WORKERS)) {
                slices.add(new Read(slice.kind(), slice.state(), reading.readNanos(), reading.numbers()));
            }
        }
    }

    /** Empty when nothing is known of it. */
    static Optional<QueueState> of(QueueName name, String queue, List<TableReading<JobQuery, JobNumbers>> readings) {
        var of = new JobState(queue, readings);
        return of.slices.stream().anyMatch(slice -> slice.numbers.isPresent())
                ? Optional.of(of.state(name))
                : Optional.empty();
    }

    private QueueState state(QueueName name) {
        var state = new QueueState(name, readNanos());
        slices.forEach(slice -> slice.numbers.ifPresent(numbers -> add(slice, numbers, state)));
        addPromoted(state);
        addBacklog(state);
        return state;
    }

    /** That of what waits, by which rates are taken. */
    private long readNanos() {
        return slices.stream()
                .filter(slice -> slice.kind == Kind.WAITING)
                .findFirst()
                .orElse(slices.getFirst())
                .nanos;
    }

    private void add(Read slice, JobNumbers numbers, QueueState state) {
        var jobs = numbers.of(queue);
        if (!numbers.capped() && slice.kind != Kind.WORKERS) {
            state.count(slice.state, jobs.jobs());
        }
        switch (slice.kind) {
            case WAITING -> addWaiting(numbers, jobs, state);
            case DELAYED -> state.put(Measure.NEXT_DELAYED, oldest(numbers, jobs));
            case ACTIVE -> state.put(Measure.OLDEST_ACTIVE_AGE, age(numbers, oldest(numbers, jobs)));
            case FAILED -> state.put(Measure.OLDEST_FAILED_AGE, age(numbers, oldest(numbers, jobs)));
            case WORKERS ->
                state.put(Measure.WORKERS, (double) jobs.jobs())
                        .put(Measure.HEARTBEAT_AGE, age(numbers, jobs.newest()));
            case PROMOTED, OTHER -> {}
        }
    }

    /** Of a queue of which no job was among those that were looked at nothing is known when there are more. */
    private static void addWaiting(JobNumbers numbers, InQueue jobs, QueueState state) {
        boolean known = jobs.jobs() == 0 ? !numbers.capped() : jobs.oldest().isPresent();
        if (known) {
            double since = jobs.oldest().orElse(numbers.at());
            state.oldestWaiting(jobs.oldest(), numbers.at()).put(Measure.OLDEST_WAITING_EXACT, numbers.isOldest(since));
        }
    }

    private static OptionalDouble oldest(JobNumbers numbers, InQueue jobs) {
        var oldest = jobs.oldest();
        return oldest.isPresent() && numbers.isOldest(oldest.getAsDouble()) ? oldest : OptionalDouble.empty();
    }

    private static OptionalDouble age(JobNumbers numbers, OptionalDouble since) {
        return since.isPresent() ? OptionalDouble.of(Math.max(0, numbers.at() - since.getAsDouble())) : since;
    }

    private void addPromoted(QueueState state) {
        var promoted = of(Kind.PROMOTED);
        if (!promoted.isEmpty() && promoted.stream().allMatch(Read::isComplete)) {
            var first = promoted.stream()
                    .flatMapToDouble(slice -> in(slice).oldest().stream())
                    .min();
            double at = promoted.getFirst().numbers.orElseThrow().at();
            state.put(Measure.NEXT_DELAYED, first)
                    .overdue(
                            promoted.stream()
                                    .mapToLong(slice -> in(slice).past())
                                    .sum(),
                            first,
                            at);
        }
    }

    /** What waits, is due or is worked on, as far as the table tells it apart. */
    private void addBacklog(QueueState state) {
        var work = new ArrayList<>(of(Kind.WAITING));
        work.addAll(of(Kind.ACTIVE));
        var promoted = of(Kind.PROMOTED);
        if (!work.isEmpty()
                && work.stream().allMatch(Read::isComplete)
                && promoted.stream().allMatch(Read::isComplete)) {
            long items = work.stream().mapToLong(slice -> in(slice).jobs()).sum()
                    + promoted.stream().mapToLong(slice -> in(slice).past()).sum();
            state.backlog((double) items, OptionalLong.empty(), OptionalLong.empty());
        }
    }

    private List<Read> of(Kind kind) {
        return slices.stream().filter(slice -> slice.kind == kind).toList();
    }

    private InQueue in(Read slice) {
        return slice.numbers.orElseThrow().of(queue);
    }
}
