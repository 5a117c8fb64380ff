// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One stream as a server says at one moment.
 *
 * @param subjects those of the messages that are published to it; of what it copies there may be others
 * @param replicas how many servers are to hold it
 * @param inMemory whether it is kept in memory alone
 * @param limitMessages 0 or less for no limit
 * @param limitBytes 0 or less for no limit
 * @param firstTime when the first message that is left was stored, by the server's clock
 * @param lastTime when the last message was stored
 * @param upstreams the mirrored stream, or the sources
 * @param at the server's time of all this; empty before 2.10
 * @param readNanos when it arrived here, on the {@link System#nanoTime} scale
 */
record StreamState(
        String account,
        String name,
        List<String> subjects,
        int replicas,
        boolean inMemory,
        long limitMessages,
        long limitBytes,
        long messages,
        long bytes,
        long firstSequence,
        long lastSequence,
        Optional<Instant> firstTime,
        Optional<Instant> lastTime,
        long consumers,
        List<Upstream> upstreams,
        RaftGroup group,
        Optional<Instant> at,
        long readNanos)
        implements Asset {

    /** Another stream that this one copies. */
    record Upstream(String name, boolean mirror, long lag) {}

    String key() {
        return account + "/" + name;
    }

    /** Whether all its messages are of these subjects, as far as that is known. */
    boolean isAllOf(List<String> wanted) {
        return !subjects.isEmpty() && upstreams.isEmpty() && wanted.containsAll(subjects);
    }

    StreamState withTime(Optional<Instant> time) {
        return new StreamState(
                account,
                name,
                subjects,
                replicas,
                inMemory,
                limitMessages,
                limitBytes,
                messages,
                bytes,
                firstSequence,
                lastSequence,
                firstTime,
                lastTime,
                consumers,
                upstreams,
                group,
                time,
                readNanos);
    }
}
