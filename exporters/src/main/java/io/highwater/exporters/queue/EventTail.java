// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.core.Histogram;
import io.highwater.exporters.client.redis.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stream of events of one queue, read from where it ended when it was first seen: what happened since, and since when
 * which job waits or runs. The times are those of the stream's entries, so of the server's clock alone, and jobs that are
 * removed when they are done are counted as well.
 */
final class EventTail {

    private static final String BEGINNING = "0-0";
    private static final int FEWEST = 200;
    /** As many as BullMQ keeps. */
    private static final int MOST = 10_000;

    private final String key;
    private final double watchedSince;
    private final Histogram waits;
    private final Histogram runs;
    private final Map<String, Double> waiting = new HashMap<>();
    private final Map<String, Double> running = new HashMap<>();
    private Question read = new Question();
    private Question stream = new Question();
    private String cursor = "";
    private int count = FEWEST;
    private int mostJobs;
    private boolean known;
    private boolean gap;
    private long completed;
    private long failed;
    private long exhausted;
    private long stalled;
    private long ended;
    private long gaps;
    private double lastWork = Double.NaN;

    /** @param watchedSince a stream that began later is read from its beginning; in milliseconds since 1970 */
    EventTail(String key, double watchedSince, Histogram waits, Histogram runs) {
        this.key = key;
        this.watchedSince = watchedSince;
        this.waits = waits;
        this.runs = runs;
    }

    /** @param jobs how many waiting and how many running jobs are remembered */
    List<Question> questions(int jobs) {
        mostJobs = jobs;
        stream = new Question("XINFO", "STREAM", key);
        if (cursor.isEmpty()) {
            read = new Question();
            return List.of(stream);
        }
        read = new Question("XREAD", "COUNT", Integer.toString(count), "STREAMS", key, cursor);
        return List.of(read, stream);
    }

    /** Takes the answers in. */
    void read() throws CollectionException {
        gap = false;
        if (stream.reply().error().isPresent()) {
            begin(stream.reply());
            return;
        }
        var first = field("first-entry");
        var firstId =
                first.value() == null ? BEGINNING : first.items().getFirst().text();
        known = true;
        if (cursor.isEmpty()) {
            cursor = millis(firstId) >= watchedSince
                    ? BEGINNING
                    : field("last-generated-id").text();
            return;
        }
        if (isAfter(firstId, cursor) && !cursor.equals(BEGINNING)) {
            lose();
        }
        var entries = entries();
        for (var entry : entries) {
            cursor = entry.items().getFirst().text();
            happened(entry.items().get(1).items(), (double) millis(cursor));
        }
        count = entries.size() == count
                ? Math.min(MOST, 4 * count)
                : Math.max(FEWEST, Math.max(entries.size(), count / 2));
    }

    /** Without a stream, all that comes is new; a stream that may not be read tells nothing. */
    private void begin(Reply refusal) {
        known = String.valueOf(refusal.error().orElseThrow().getMessage()).contains("no such key");
        if (known) {
            cursor = BEGINNING;
        }
    }

    private void lose() {
        gap = true;
        gaps++;
        waiting.clear();
        running.clear();
    }

    private Reply field(String name) throws CollectionException {
        var items = stream.reply().items();
        for (int i = 0; i + 1 < items.size(); i += 2) {
            if (items.get(i).text().equals(name)) {
                return items.get(i + 1);
            }
        }
        return new Reply(null);
    }

    private List<Reply> entries() throws CollectionException {
        return read.reply().value() == null
                ? List.of()
                : read.reply().items().getFirst().items().get(1).items();
    }

    private void happened(List<Reply> fields, double at) throws CollectionException {
        String event = "";
        String job = "";
        for (int i = 0; i + 1 < fields.size() && (event.isEmpty() || job.isEmpty()); i += 2) {
            switch (fields.get(i).text()) {
                case "event" -> event = fields.get(i + 1).text();
                case "jobId" -> job = fields.get(i + 1).text();
                default -> {}
            }
        }
        happened(event, job, at);
    }

    private void happened(String event, String job, double at) {
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

    private static boolean isAfter(String id, String other) {
        int order = Long.compare(millis(id), millis(other));
        return order > 0 || (order == 0 && sequence(id) > sequence(other));
    }

    private static long millis(String id) {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }

    private static long sequence(String id) {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }

    /** Whether what happens is told. */
    boolean isKnown() {
        return known;
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
        if (known) {
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
