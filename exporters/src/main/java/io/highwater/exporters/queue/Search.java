// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.redis.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where queues are looked for: all keys that match, the members of a set, or one key.
 *
 * @param command {@code SCAN}, or {@code SSCAN} and the set's key; empty for the one key
 * @param match a glob that what is found must match; the one key
 * @param candidate what a key or member stands for, if it may stand for a queue
 */
record Search(List<String> command, String match, Function<String, Optional<Candidate>> candidate) {

    /** What a reply, which may be an error, says that there is. */
    @FunctionalInterface
    interface Told {
        List<QueueName> queues(Reply reply) throws CollectionException;
    }

    /**
     * What may be a queue, or several, and how that is found out.
     *
     * @param queue the one that it would be; empty when that is not known before
     * @param question asked of the server
     * @param told what follows from the reply
     */
    record Candidate(Optional<QueueName> queue, Question question, Told told) {

        static Candidate of(QueueName queue, Question question, Predicate<Reply> holds) {
            return new Candidate(Optional.of(queue), question, reply -> holds.test(reply) ? List.of(queue) : List.of());
        }

        /** A queue if the question can be answered. */
        static Candidate of(QueueName queue, Question question) {
            return of(queue, question, reply -> reply.error().isEmpty());
        }

        static Candidate several(Question question, Told told) {
            return new Candidate(Optional.empty(), question, told);
        }
    }

    /** @param match as Redis reads it */
    static Search keys(String match, Function<String, Optional<Candidate>> candidate) {
        return new Search(List.of("SCAN"), match, candidate);
    }

    /** @param key in full, or a glob in which a star alone has a meaning */
    static Search named(String key, Function<String, Optional<Candidate>> candidate) {
        return key.contains("*") ? keys(glob(key), candidate) : new Search(List.of(), key, candidate);
    }

    static Search members(String key, Function<String, Optional<Candidate>> candidate) {
        return new Search(List.of("SSCAN", key), "*", candidate);
    }

    /** Text for itself in a glob of Redis. */
    static String literal(String text) {
        return text.replaceAll("[\\\\*?\\[\\]^]", "\\\\$0");
    }

    private static String glob(String text) {
        return Stream.of(text.split("\\*", -1)).map(Search::literal).collect(Collectors.joining("*"));
    }
}
