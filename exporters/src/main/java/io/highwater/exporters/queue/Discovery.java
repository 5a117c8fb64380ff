// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.core.Globs;
import io.highwater.exporters.client.redis.Lane;
import io.highwater.exporters.client.redis.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The queues of one server, looked for in the background, a page of keys at a time: a large keyspace takes several
 * collections. A queue is known from when it is found, until a whole search does not find it again.
 */
final class Discovery {

    /**
     * Which of the queues that are found are watched.
     *
     * @param wanted globs of names
     * @param ignored globs of names, of those
     * @param most how many at most
     */
    record Filter(List<String> wanted, List<String> ignored, int most) {
        boolean takes(QueueName queue) {
            return Globs.any(wanted, queue.name()) && !Globs.any(ignored, queue.name());
        }
    }

    /** What was found so far. */
    record Found(List<QueueName> queues, int leftOut) {}

    private static final String PAGE = "1000";

    /** A page takes a server about a millisecond, in which it does nothing else. */
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final List<Search> searches;
    private final List<QueueName> given;
    private final Filter filter;
    private volatile Found found;
    private Set<QueueName> before = Set.of();
    private Set<QueueName> now = new HashSet<>();
    private int search;
    private String cursor = "0";
    private boolean grown;

    Discovery(Layout layout, Filter filter) {
        this.searches = layout.searches();
        this.given = layout.given();
        this.filter = filter;
        this.found = choose();
    }

    Found found() {
        return found;
    }

    /** Goes on with the search, until it is through with all keys or the time has come. */
    void look(Lane.Pipeline server, long untilNanos) throws CollectionException, InterruptedException {
        while (search < searches.size()) {
            boolean through = page(searches.get(search), server);
            if (grown) {
                found = choose();
            }
            if (through) {
                search++;
            } else if (System.nanoTime() > untilNanos) {
                return;
            } else {
                Thread.sleep(PAUSE);
            }
        }
        search = 0;
        before = now;
        now = new HashSet<>();
        found = choose();
    }

    /** Whether it was the last page. */
    private boolean page(Search of, Lane.Pipeline server) throws CollectionException {
        if (of.command().isEmpty()) {
            check(List.of(of.match()), of, server);
            return true;
        }
        var command = Stream.of(of.command(), List.of(cursor, "MATCH", of.match(), "COUNT", PAGE))
                .flatMap(List::stream)
                .toList();
        var answer = server.ask(List.of(command)).getFirst();
        if (isNoSet(answer)) {
            cursor = "0";
            return true;
        }
        var reply = answer.items();
        var keys = new ArrayList<String>();
        for (var key : reply.get(1).items()) {
            keys.add(key.text());
        }
        check(keys, of, server);
        cursor = reply.getFirst().text();
        return cursor.equals("0");
    }

    /** What was a queue in the last search is one as long as it is there. */
    private void recall(QueueName queue) {
        if (before.contains(queue)) {
            now.add(queue);
        }
    }

    /** A key of another type, or in Redis Cluster one of another server: there is nothing to be found. */
    private static boolean isNoSet(Reply answer) {
        return answer.error()
                .filter(said -> said.startsWith("WRONGTYPE ") || said.startsWith("MOVED "))
                .isPresent();
    }

    private void check(List<String> keys, Search of, Lane.Pipeline server) throws CollectionException {
        var candidates =
                keys.stream().flatMap(key -> of.candidate().apply(key).stream()).toList();
        candidates.stream().flatMap(candidate -> candidate.queue().stream()).forEach(this::recall);
        var unknown = candidates.stream()
                .filter(candidate -> candidate.queue().map(this::isUnknown).orElse(true))
                .toList();
        if (!unknown.isEmpty()) {
            var replies = server.ask(unknown.stream()
                    .map(candidate -> candidate.question().command())
                    .toList());
            for (int i = 0; i < unknown.size(); i++) {
                learn(unknown.get(i), replies.get(i));
            }
        }
    }

    private boolean isUnknown(QueueName queue) {
        return !now.contains(queue) && filter.takes(queue);
    }

    /** What is of another kind than it is called is no queue. */
    private void learn(Search.Candidate candidate, Reply reply) {
        try {
            for (var queue : candidate.told().queues(reply)) {
                grown |= filter.takes(queue) && now.add(queue);
            }
        } catch (CollectionException e) {
            // It may come to be one.
        }
    }

    private Found choose() {
        grown = false;
        var all = Stream.of(given, before, now)
                .flatMap(queues -> queues.stream())
                .filter(filter::takes)
                .distinct()
                .sorted(Comparator.comparing((QueueName queue) -> !given.contains(queue))
                        .thenComparing(QueueName::key))
                .toList();
        int taken = Math.min(all.size(), filter.most());
        return new Found(List.copyOf(all.subList(0, taken)), all.size() - taken);
    }
}
