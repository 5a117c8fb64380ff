// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.exporters.client.redis.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The reading of one consumer group of a stream: a queue of its own, since each group gets every entry. */
final class StreamReader implements QueueReader {

    /** Milliseconds of 1973 and 5138: what is not between them is no time. */
    private static final double FIRST_MOMENT = 1e11;

    private static final double LAST_MOMENT = 1e14;

    private final QueueName name;
    private final String stream;
    private final String group;
    private Question aboutStream = new Question();
    private Question aboutGroups = new Question();
    private Question pending = new Question();
    private Question consumers = new Question();
    private Question undelivered = new Question();

    StreamReader(QueueName name, String stream, String group) {
        this.name = name;
        this.stream = stream;
        this.group = group;
    }

    @Override
    public List<Question> first(int deepest) {
        var questions = new Questions();
        aboutStream = questions.ask("XINFO", "STREAM", stream);
        aboutGroups = questions.ask("XINFO", "GROUPS", stream);
        pending = questions.ask("XPENDING", stream, group, "-", "+", "1");
        consumers = questions.ask("XINFO", "CONSUMERS", stream, group);
        return questions.all();
    }

    @Override
    public List<Question> second(double now) throws CollectionException {
        var questions = new Questions();
        undelivered = questions.ask("XRANGE", stream, "(" + text(ofGroup(), "last-delivered-id"), "+", "COUNT", "1");
        return questions.all();
    }

    private Map<String, Reply> ofGroup() throws CollectionException {
        for (var reply : aboutGroups.reply().items()) {
            var fields = fields(reply);
            if (text(fields, "name").equals(group)) {
                return fields;
            }
        }
        throw new CollectionException(Reason.PROTOCOL, "there is no such group any more");
    }

    private static Map<String, Reply> fields(Reply reply) throws CollectionException {
        var items = reply.items();
        var fields = new HashMap<String, Reply>();
        for (int i = 0; i + 1 < items.size(); i += 2) {
            fields.put(items.get(i).text(), items.get(i + 1));
        }
        return fields;
    }

    private static Reply field(Map<String, Reply> fields, String field) {
        return fields.getOrDefault(field, new Reply(null));
    }

    private static String text(Map<String, Reply> fields, String field) throws CollectionException {
        return field(fields, field).value() == null ? "" : field(fields, field).text();
    }

    private static OptionalLong whole(Map<String, Reply> fields, String field) throws CollectionException {
        var reply = field(fields, field);
        return reply.value() == null ? OptionalLong.empty() : OptionalLong.of((long) reply.number());
    }

    @Override
    public QueueState state(double now) throws CollectionException {
        var groupFields = ofGroup();
        var streamFields = fields(aboutStream.reply());
        long taken = whole(groupFields, "pending").orElse(0);
        var state = new QueueState(name).count("active", taken);
        var lag = lag(streamFields, groupFields);
        lag.ifPresent(waiting -> state.count("waiting", waiting));
        addTimes(state, now);
        addConsumers(state);
        var added = whole(streamFields, "entries-added");
        var read = whole(groupFields, "entries-read");
        state.put(Measure.ADDED, added);
        if (lag.isPresent()) {
            var done = read.isPresent() ? OptionalLong.of(read.getAsLong() - taken) : read;
            state.backlog((double) (lag.getAsLong() + taken), added, done.orElse(-1) < 0 ? OptionalLong.empty() : done);
        }
        return state;
    }

    /** How many entries were never delivered: what follows from the ids alone, else what the server says, if it knows. */
    private OptionalLong lag(Map<String, Reply> ofStream, Map<String, Reply> ofGroup) throws CollectionException {
        var delivered = EntryId.of(text(ofGroup, "last-delivered-id"));
        var first = undelivered.reply().items();
        if (first.isEmpty()) {
            return OptionalLong.of(0);
        }
        var length = whole(ofStream, "length");
        var oldest = field(ofStream, "first-entry");
        if (oldest.value() != null
                && length.isPresent()
                && EntryId.of(oldest.items().getFirst().text()).compareTo(delivered) > 0) {
            return length;
        }
        return whole(ofGroup, "lag");
    }

    private void addTimes(QueueState state, double now) throws CollectionException {
        var waiting = undelivered.reply().items();
        var since = waiting.isEmpty() ? OptionalDouble.empty() : added(waiting.getFirst());
        if (waiting.isEmpty() || since.isPresent()) {
            state.oldestWaiting(since, now / 1000).put(Measure.OLDEST_WAITING_EXACT, true);
        }
        var taken = pending.reply().items();
        if (!taken.isEmpty()) {
            var oldest = taken.getFirst().items();
            state.put(Measure.OLDEST_ACTIVE_AGE, oldest.get(2).number() / 1000)
                    .put(Measure.OLDEST_PENDING_DELIVERIES, oldest.get(3).number());
            added(taken.getFirst()).ifPresent(at -> state.oldestPending(at, now / 1000));
        }
    }

    /** An entry's id begins with when it was added, by the server's clock; producers may have ids of their own, though. */
    private static OptionalDouble added(Reply entry) throws CollectionException {
        double millis = EntryId.of(entry.items().getFirst().text()).millis();
        return millis > FIRST_MOMENT && millis < LAST_MOMENT
                ? OptionalDouble.of(millis / 1000)
                : OptionalDouble.empty();
    }

    private void addConsumers(QueueState state) throws CollectionException {
        var all = consumers.reply().items();
        state.put(Measure.WORKERS, all.size());
        var idle = OptionalDouble.empty();
        for (var one : all) {
            var millis = whole(fields(one), "idle");
            if (millis.isPresent() && millis.getAsLong() / 1000.0 < idle.orElse(Double.POSITIVE_INFINITY)) {
                idle = OptionalDouble.of(millis.getAsLong() / 1000.0);
            }
        }
        state.put(Measure.HEARTBEAT_AGE, idle);
    }
}
