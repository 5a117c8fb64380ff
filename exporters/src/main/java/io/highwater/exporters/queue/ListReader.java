// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The reading of one queue that is a list of Redis, or several of which the first that is not empty is taken from. */
final class ListReader implements QueueReader {

    static final String LAYOUT = "lists";

    /** As many as tell whether the next one is the oldest; elements may be large. */
    private static final int LOOKED_AT = 2;

    private final QueueName name;
    private final List<String> keys;
    private final QueuesSettings.End taken;
    private final List<String> timePath;
    private List<Question> lengths = List.of();
    private List<Question> elements = List.of();

    /** @param timePath where an element, which is JSON, has the time at which it was put in; empty when it has none */
    ListReader(QueueName name, List<String> keys, QueuesSettings.End taken, List<String> timePath) {
        this.name = name;
        this.keys = keys;
        this.taken = taken;
        this.timePath = timePath;
    }

    static Layout layout(List<QueuesSettings.Elements> entries) {
        return new KeyLayout<>(LAYOUT, entries, "LLEN", (queue, entry) -> {
            var key = queue.place().name();
            return new ListReader(queue, List.of(key), entry.taken(), entry.timePath());
        });
    }

    @Override
    public List<Question> first(int deepest) {
        var questions = new Questions();
        lengths = keys.stream().map(key -> questions.ask("LLEN", key)).toList();
        elements = timePath.isEmpty()
                ? List.of()
                : keys.stream().map(key -> questions.ask(nextOf(key))).toList();
        return questions.all();
    }

    private String[] nextOf(String key) {
        return switch (taken) {
            case LEFT -> new String[] {"LRANGE", key, "0", String.valueOf(LOOKED_AT - 1)};
            case RIGHT -> new String[] {"LRANGE", key, String.valueOf(-LOOKED_AT), "-1"};
        };
    }

    @Override
    public List<Question> second(double now) {
        return List.of();
    }

    @Override
    public QueueState state(double now) throws CollectionException {
        var state = new QueueState(name);
        long jobs = 0;
        for (var length : lengths) {
            jobs += length.count();
        }
        state.count("waiting", jobs);
        addOldest(state, jobs, now / 1000);
        return state.backlog((double) jobs, OptionalLong.empty(), OptionalLong.empty());
    }

    /** The oldest of all lists; unknown when it is of one of them. */
    private void addOldest(QueueState state, long jobs, double now) throws CollectionException {
        var oldest = new Oldest(OptionalDouble.empty(), true);
        for (int i = 0; i < elements.size(); i++) {
            long length = lengths.get(i).count();
            if (length > 0) {
                var one = oldest(elements.get(i), length);
                if (one.since().isEmpty()) {
                    state.note("no age: what is next is no JSON with a time at " + String.join(".", timePath));
                    return;
                }
                oldest = oldest.or(one);
            }
        }
        if (!elements.isEmpty()) {
            oldest.addTo(state, jobs, now);
        }
    }

    private Oldest oldest(Question of, long length) throws CollectionException {
        var times = new ArrayList<OptionalDouble>();
        for (var element : of.reply().items()) {
            // One that is larger than we take is an error.
            times.add(element.error().isPresent() ? OptionalDouble.empty() : Moment.inJson(element.text(), timePath));
        }
        return Oldest.of(taken == QueuesSettings.End.LEFT ? times : times.reversed(), times.size() >= length);
    }
}
