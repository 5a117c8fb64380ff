// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.exporters.client.redis.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The keys of BullMQ and Bull: {@code <prefix>:<queue>:<what>}. Both prefix and queue may hold colons, so a key alone does
 * not tell where the prefix ends: prefixes are given. No key is there for every queue: a new one has {@code meta} alone,
 * and one that only flows have touched has none.
 */
final class BullLayout implements Layout {

    static final String NAME = "bull";

    static final String USUAL_PREFIX = "bull";

    /** What a queue may be known by, the command that asks for it, and what a job of that name would not reply. */
    private static final Map<String, Predicate<Reply>> MARKS = Map.of(
            "meta", reply -> reply.error().isEmpty() && isNoJob(reply),
            "id", reply -> reply.error().isEmpty(),
            "events", reply -> reply.error().isEmpty(),
            "wait", reply -> reply.error().isEmpty(),
            "stalled-check", reply -> reply.error().isEmpty());

    /** Fewer keys than all of a queue's jobs, and all of those above. */
    private static final String ANY_MARK = ":[miews][edvat]*";

    private final List<String> prefixes;
    private final List<String> given;
    private final boolean mq;
    private final boolean events;
    private final QueueFamilies families;

    /**
     * @param given names without a star, which are watched whether they are found or not
     * @param mq whether they are BullMQ's
     * @param events whether its events are read
     */
    BullLayout(List<String> prefixes, List<String> given, boolean mq, boolean events, QueueFamilies families) {
        this.prefixes = prefixes.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        this.given = List.copyOf(given);
        this.mq = mq;
        this.events = events;
        this.families = families;
    }

    /** Of Bull's queues. */
    static BullLayout of(QueuesSettings.Bull settings, QueueFamilies families) {
        var given = QueuesSettings.literal(settings.queues()).toList();
        return new BullLayout(settings.prefixes(), given, false, false, families);
    }

    @Override
    public List<Search> searches() {
        return prefixes.stream()
                .map(prefix -> Search.keys(Search.literal(prefix) + ":*" + ANY_MARK, this::candidate))
                .toList();
    }

    @Override
    public List<QueueName> given() {
        return prefixes.stream()
                .flatMap(prefix -> given.stream().map(name -> name(name, prefix)))
                .toList();
    }

    @Override
    public QueueReader reader(QueueName queue, double watchedSince) {
        return new BullReader(queue, mq, events, watchedSince, new JobHistory(families));
    }

    @Override
    public boolean marksWorkers() {
        return true;
    }

    /** In Bull 3 all connections of a queue are called so, those of producers, too. */
    @Override
    public Optional<Workers.Mark> workerMark(QueueName queue) {
        var place = queue.place();
        var name = Base64.getEncoder().encodeToString(place.name().getBytes(StandardCharsets.UTF_8));
        return Optional.of(new Workers.Mark(place.prefix() + ":" + name, mq ? "" : "brpoplpush"));
    }

    /** BullMQ's are told apart by their prefix, Bull's are among others that have none. */
    private QueueName name(String queue, String prefix) {
        var shown = prefix.equals(USUAL_PREFIX) ? "" : prefix + ":";
        return mq ? QueueName.inRedis(queue, prefix) : QueueName.of(NAME, shown, new QueueName.Place(prefix, queue));
    }

    Optional<Search.Candidate> candidate(String key) {
        int end = key.lastIndexOf(':');
        var mark = key.substring(end + 1);
        var holds = MARKS.get(mark);
        var prefix = prefixes.stream()
                .filter(one -> key.startsWith(one + ":") && one.length() + 1 < end)
                .findFirst();
        if (holds == null || prefix.isEmpty()) {
            return Optional.empty();
        }
        var queue = name(key.substring(prefix.get().length() + 1, end), prefix.get());
        return mq ? Optional.of(Search.Candidate.of(queue, question(mark, key), holds)) : bull(queue, mark, key);
    }

    /** Each of Bull's that ever had a job has a counter, and none has what each of BullMQ's has beside that. */
    private static Optional<Search.Candidate> bull(QueueName queue, String mark, String key) {
        var base = key.substring(0, key.length() - mark.length());
        return mark.equals("id")
                ? Optional.of(Search.Candidate.of(
                        queue, new Question("EXISTS", base + "meta", base + "events"), BullLayout::isNone))
                : Optional.empty();
    }

    private static boolean isNone(Reply reply) {
        return reply.value() instanceof Long keys && keys == 0;
    }

    private static Question question(String mark, String key) {
        return switch (mark) {
            case "meta" -> new Question("HMGET", key, "timestamp", "name", "ic");
            case "events" -> new Question("XLEN", key);
            case "wait" -> new Question("LLEN", key);
            default -> new Question("GET", key);
        };
    }

    /** Jobs and schedulers may be called so, and are hashes, too. */
    private static boolean isNoJob(Reply reply) {
        return reply.value() instanceof List<?> fields && fields.stream().allMatch(field -> field == null);
    }
}
