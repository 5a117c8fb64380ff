// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.exporters.client.redis.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Where queues are looked for: all keys that match, or the members of a set.
 *
 * @param command {@code SCAN}, or {@code SSCAN} and the set's key
 * @param match a glob that what is found must match
 * @param candidate what a key or member stands for, if it may stand for a queue
 */
record Search(List<String> command, String match, Function<String, Optional<Candidate>> candidate) {

    /**
     * What may be a queue, and how that is found out.
     *
     * @param question asked of the server
     * @param holds whether the reply, which may be an error, says that it is one
     */
    record Candidate(QueueName queue, Question question, Predicate<Reply> holds) {}

    static Search keys(String match, Function<String, Optional<Candidate>> candidate) {
        return new Search(List.of("SCAN"), match, candidate);
    }

    static Search members(String key, Function<String, Optional<Candidate>> candidate) {
        return new Search(List.of("SSCAN", key), "*", candidate);
    }

    /** Text for itself in a glob of Redis. */
    static String literal(String text) {
        return text.replaceAll("[\\\\*?\\[\\]^]", "\\\\$0");
    }
}
