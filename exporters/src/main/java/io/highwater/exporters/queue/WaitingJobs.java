// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The jobs of one queue that could be started, and which of them waits the longest. That one may be anywhere: last in,
 * first out, priorities, retries and stalled workers all change the order. So all are looked at up to a number; above it,
 * both ends of the lists and the first ones of each priority.
 */
final class WaitingJobs {

    /** What came back from a retry is put where nothing else would be looked at. */
    private static final String HEAD_END = "15";

    private final String base;
    private final JobHistory history;
    private final Bands bands;
    private final List<Question> lists = new ArrayList<>();
    private final Map<String, Question> hashes = new HashMap<>();
    private final Set<String> jobs = new LinkedHashSet<>();
    private Question wait = new Question();
    private Question paused = new Question();
    private Question prioritized = new Question();
    private Question priorities = new Question();
    private int deepest;
    private boolean many;
    private long markersInWait;
    private long markersInPaused;
    private OptionalDouble oldest = OptionalDouble.empty();
    private boolean exact;

    WaitingJobs(String base, JobHistory history) {
        this.base = base;
        this.history = history;
        this.bands = new Bands(base + "prioritized");
    }

    /** @param newDeepest how many of each list are looked at */
    List<Question> first(int newDeepest) {
        deepest = newDeepest;
        wait = new Question("LLEN", base + "wait");
        paused = new Question("LLEN", base + "paused");
        prioritized = new Question("ZCARD", base + "prioritized");
        priorities = new Question("ZRANGE", base + "prioritized", "0", Integer.toString(deepest - 1), "WITHSCORES");
        lists.clear();
        var questions = new ArrayList<>(List.of(wait, paused, prioritized, priorities));
        for (var list : List.of("wait", "paused")) {
            lists.add(new Question("LRANGE", base + list, Integer.toString(-deepest), "-1"));
            if (many) {
                lists.add(new Question("LRANGE", base + list, "0", HEAD_END));
            }
        }
        questions.addAll(lists);
        if (many) {
            questions.addAll(bands.questions());
        }
        return questions;
    }

    /** What each job itself says, of those of which nothing was seen. */
    List<Question> second() throws CollectionException {
        jobs.clear();
        hashes.clear();
        for (var list : lists) {
            jobs.addAll(list.texts());
        }
        markersInWait = markers(lists.getFirst());
        markersInPaused = markers(lists.get(lists.size() / 2));
        jobs.removeIf(WaitingJobs::isMarker);
        Bands.addMembers(priorities.texts(), jobs);
        bands.learn(priorities.texts());
        if (many) {
            jobs.addAll(bands.jobs());
        }
        many = Math.max(wait.count(), Math.max(paused.count(), prioritized.count())) > deepest;
        for (var job : jobs) {
            if (history.waitingSince(job).isEmpty()) {
                hashes.put(
                        job,
                        new Question("HMGET", base + job, "timestamp", "opts", "processedOn", "attemptsMade", "atm"));
            }
        }
        return List.copyOf(hashes.values());
    }

    /** Ids that no job has, by which versions before 5 wake a worker. */
    static boolean isMarker(String id) {
        return id.startsWith("0:");
    }

    private static long markers(Question list) throws CollectionException {
        return list.texts().stream().filter(WaitingJobs::isMarker).count();
    }

    long waiting() throws CollectionException {
        return Math.max(0, wait.count() - markersInWait);
    }

    long inPaused() throws CollectionException {
        return Math.max(0, paused.count() - markersInPaused);
    }

    long prioritized() throws CollectionException {
        return prioritized.count();
    }

    /** @param now the server's time, in milliseconds since 1970 */
    void read(double now) throws CollectionException {
        oldest = OptionalDouble.empty();
        exact = !many;
        for (var job : jobs) {
            var seen = history.waitingSince(job);
            var hash = hashes.get(job);
            if (seen.isPresent()) {
                consider(seen.getAsDouble(), true);
            } else if (hash != null) {
                var since = JobHash.of(hash.texts()).waitingSince(now);
                if (since.isPresent()) {
                    consider(since.get().millis(), since.get().exact());
                    if (since.get().exact()) {
                        history.learn(job, since.get().millis());
                    }
                }
            }
        }
        if (!many) {
            history.keepWaiting(new HashSet<>(jobs), now - 60_000);
        }
    }

    private void consider(double since, boolean isExact) {
        if (oldest.isEmpty() || since < oldest.getAsDouble()) {
            oldest = OptionalDouble.of(since);
            exact = !many && isExact;
        }
    }

    /** In milliseconds since 1970; empty when none waits. */
    OptionalDouble oldest() {
        return oldest;
    }

    /** Whether that is so; else there may be one that waits longer, or it waits for less. */
    boolean isExact() {
        return exact;
    }
}
