// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.Samples;
import io.highwater.exporters.client.redis.Lane;
import io.highwater.exporters.client.redis.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The reading of all queues of one Redis server: two round trips, however many queues there are. A replica is not read
 * when others are watched, too, one of which is its master.
 */
final class QueueServer {

    /** Few jobs are looked at in any case, and of all queues together not more than these. */
    private static final int FEW = 50;

    private static final int MOST_IN_ALL = 20_000;

    private static final Discovery.Found NOTHING = new Discovery.Found(List.of(), 0);

    private final String node;
    private final Layout layout;
    private final Discovery discovery;
    private final boolean alone;
    private final int deepest;
    private final Map<QueueName, QueueReader> readers = new LinkedHashMap<>();
    private Discovery.Found chosen = NOTHING;
    private boolean reads;
    private double watchedSince = Double.POSITIVE_INFINITY;
    private int deepestNow;

    /**
     * @param alone whether no other server is watched
     * @param deepest how many waiting jobs of a queue are looked at one by one
     */
    QueueServer(String node, Layout layout, Discovery discovery, boolean alone, int deepest) {
        this.node = node;
        this.layout = layout;
        this.discovery = discovery;
        this.alone = alone;
        this.reads = alone;
        this.deepest = deepest;
        this.deepestNow = deepest;
    }

    /** Whether it is now the one to read, and was not before: then there is more to read than was read. */
    boolean collect(Lane.Pipeline server, Samples out) throws CollectionException {
        var found = discovery.found();
        choose(found);
        var hello = new Question("HELLO", "2");
        var time = new Question("TIME");
        var asked = new LinkedHashMap<QueueReader, List<Question>>();
        for (var reader : readers.values()) {
            asked.put(reader, reader.first(deepestNow));
        }
        ask(server, asked, List.of(hello, time));
        boolean authority = alone || isMaster(hello.reply());
        double now = millis(time.texts());
        watchedSince = Math.min(watchedSince, now);
        boolean more = authority && !reads;
        reads = authority;
        if (!authority) {
            readers.clear();
            chosen = NOTHING;
        }
        var states = authority && !more ? states(asked, server, now, out) : List.<QueueState>of();
        out.fact(new QueuesSeen(node, authority && !more, states, found.leftOut()));
        return more;
    }

    /** Where the events of those queues ended, by their keys, for which nothing was to be done when they were read. */
    Map<String, String> idle(Predicate<String> queues) {
        var idle = new HashMap<String, String>();
        readers.forEach((queue, reader) -> {
            if (queues.test(queue.name())) {
                reader.idleAt().ifPresent(end -> idle.put(end.getKey(), end.getValue()));
            }
        });
        return idle;
    }

    /** Readers of queues that are gone are forgotten, with what they have counted. */
    private void choose(Discovery.Found found) {
        if (reads && !found.equals(chosen)) {
            readers.keySet().retainAll(Set.copyOf(found.queues()));
            found.queues().forEach(queue -> readers.computeIfAbsent(queue, _ -> layout.reader(queue, watchedSince)));
            chosen = found;
        }
    }

    private List<QueueState> states(
            Map<QueueReader, List<Question>> asked, Lane.Pipeline server, double now, Samples out)
            throws CollectionException {
        var failures = new HashMap<QueueReader, CollectionException>();
        var second = new LinkedHashMap<QueueReader, List<Question>>();
        for (var reader : asked.keySet()) {
            try {
                second.put(reader, reader.second(now));
            } catch (CollectionException e) {
                fail(reader, e, failures);
            }
        }
        ask(server, second, List.of());
        var states = new ArrayList<QueueState>();
        for (var reader : second.keySet()) {
            try {
                var state = reader.state(now);
                state.notes().forEach(note -> out.note(state.name().key() + ": " + note));
                states.add(state);
            } catch (CollectionException e) {
                fail(reader, e, failures);
            }
        }
        tell(failures, states.isEmpty(), out);
        share(states);
        return states;
    }

    /** In Redis Cluster, a queue that is given by name is on one server alone, and the others say so. */
    private static void fail(
            QueueReader reader, CollectionException e, Map<QueueReader, CollectionException> failures) {
        if (!String.valueOf(e.getMessage()).startsWith("MOVED ")) {
            failures.put(reader, e);
        }
    }

    /** One queue that cannot be read is left out; when none can, the collection has failed. */
    private void tell(Map<QueueReader, CollectionException> failures, boolean none, Samples out)
            throws CollectionException {
        if (none && !failures.isEmpty()) {
            throw failures.values().iterator().next();
        }
        readers.forEach((queue, reader) -> {
            var failure = failures.get(reader);
            if (failure != null) {
                out.note(queue.key() + ": " + failure.getMessage());
            }
        });
    }

    /** The more queues are deep, the fewer of their jobs are looked at. */
    private void share(List<QueueState> states) {
        long deep = states.stream()
                .filter(state -> state.backlog().items().orElse(0) > FEW)
                .count();
        deepestNow = each(deepest, deep);
    }

    /** How many jobs of each of so many queues are looked at. */
    static int each(int deepest, long queues) {
        return (int) Math.max(FEW, Math.min(deepest, MOST_IN_ALL / Math.max(1, queues)));
    }

    private static void ask(Lane.Pipeline server, Map<QueueReader, List<Question>> asked, List<Question> others)
            throws CollectionException {
        var questions = new ArrayList<>(others);
        asked.values().forEach(questions::addAll);
        if (questions.isEmpty()) {
            return;
        }
        var replies = server.ask(questions.stream().map(Question::command).toList());
        for (int i = 0; i < questions.size(); i++) {
            questions.get(i).answer(replies.get(i));
        }
    }

    private static boolean isMaster(Reply hello) throws CollectionException {
        var items = hello.items();
        for (int i = 0; i + 1 < items.size(); i += 2) {
            if (items.get(i).text().equals("role")) {
                return items.get(i + 1).text().equals("master");
            }
        }
        throw new CollectionException(Reason.PROTOCOL, "HELLO tells no role");
    }

    /** Seconds and microseconds. */
    private static double millis(List<String> time) throws CollectionException {
        if (time.size() != 2) {
            throw new CollectionException(Reason.PROTOCOL, "TIME tells no time");
        }
        try {
            return Math.floor(Long.parseLong(time.get(0)) * 1e3 + Long.parseLong(time.get(1)) / 1e3);
        } catch (NumberFormatException e) {
            throw new CollectionException(Reason.PROTOCOL, "TIME tells no time", e);
        }
    }

    /** Whether workers are known by their connections. */
    boolean marksWorkers() {
        return layout.marksWorkers();
    }

    /** What tells the workers of each queue, of those whose workers are known by their connections. */
    Map<QueueName, Workers.Mark> workerMarks() {
        var marks = new HashMap<QueueName, Workers.Mark>();
        for (var queue : discovery.found().queues()) {
            layout.workerMark(queue).ifPresent(mark -> marks.put(queue, mark));
        }
        return marks;
    }
}
