// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.redis.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stream of events of one queue in Redis, read from where it ended when it was first seen. */
final class EventTail {

    private static final String BEGINNING = "0-0";
    private static final int FEWEST = 200;
    /** As many as BullMQ keeps. */
    private static final int MOST = 10_000;

    private final String key;
    private final double watchedSince;
    private final JobHistory history;
    private Question read = new Question();
    private Question stream = new Question();
    private String cursor = "";
    private int count = FEWEST;
    private int jobs;

    /** @param watchedSince a stream that began later is read from its beginning; in milliseconds since 1970 */
    EventTail(String key, double watchedSince, JobHistory history) {
        this.key = key;
        this.watchedSince = watchedSince;
        this.history = history;
    }

    /** @param newJobs how many waiting and how many running jobs are remembered */
    List<Question> questions(int newJobs) {
        jobs = newJobs;
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
        var refusal = stream.reply().error();
        if (refusal.isPresent()) {
            boolean none = refusal.get().contains("no such key");
            // Without a stream, all that comes is new.
            cursor = none ? BEGINNING : cursor;
            history.begin(none, false, jobs);
            return;
        }
        var first = field("first-entry");
        var firstId =
                first.value() == null ? BEGINNING : first.items().getFirst().text();
        if (cursor.isEmpty()) {
            cursor = millis(firstId) >= watchedSince
                    ? BEGINNING
                    : field("last-generated-id").text();
            history.begin(true, false, jobs);
            return;
        }
        history.begin(true, isAfter(firstId, cursor) && !cursor.equals(BEGINNING), jobs);
        var entries = entries();
        for (var entry : entries) {
            cursor = entry.items().getFirst().text();
            happened(entry.items().get(1).items(), (double) millis(cursor));
        }
        count = entries.size() == count
                ? Math.min(MOST, 4 * count)
                : Math.max(FEWEST, Math.max(entries.size(), count / 2));
    }

    /** Its key and the id up to which it was read; empty before that. */
    Optional<Map.Entry<String, String>> end() {
        return cursor.isEmpty() ? Optional.empty() : Optional.of(Map.entry(key, cursor));
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
        history.happened(event, job, at);
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
}
