// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One consumer as a server says at one moment; only its leader's numbers are right.
 *
 * @param ackPolicy {@code explicit}, {@code all} or {@code none}
 * @param maxDeliver how often a message is tried before it is given up; 0 or less for ever
 * @param filters the subjects that it wants; empty for all of the stream's
 * @param lastOfSubjects whether of what was there before it, only the last of each subject is for it
 * @param deliveredSequence the stream's sequence that was delivered last
 * @param deliveries how many deliveries there were, repeated ones too
 * @param ackFloor all of the stream up to here is acknowledged
 * @param pending messages that were never delivered
 * @param ackPending messages that were delivered and not acknowledged
 * @param redelivered messages that were delivered more than once and not acknowledged; those given up stay among them
 * @param waiting pull requests that wait for messages
 * @param paused whether delivery is paused
 * @param oldestPendingSeconds age of the oldest message that is pending or ack pending, when it is known
 * @param created when it was made; another consumer of the same name differs in it
 * @param at the server's time of all this; empty before 2.10
 */
record ConsumerState(
        String account,
        String stream,
        String name,
        boolean durable,
        String ackPolicy,
        int replicas,
        long maxDeliver,
        List<String> filters,
        boolean lastOfSubjects,
        long deliveredSequence,
        long deliveries,
        Optional<Instant> lastDelivery,
        long ackFloor,
        Optional<Instant> lastAck,
        long pending,
        long ackPending,
        long redelivered,
        long waiting,
        boolean paused,
        OptionalDouble oldestPendingSeconds,
        RaftGroup group,
        Optional<Instant> created,
        Optional<Instant> at,
        long readNanos)
        implements Asset {

    String streamKey() {
        return account + "/" + stream;
    }

    String key() {
        return account + "/" + stream + "/" + name;
    }

    /** Whether every message of the stream is for it. */
    boolean wantsAll() {
        return !lastOfSubjects && (filters.isEmpty() || filters.contains(">"));
    }

    /** The same, knowing its stream: filters that let all of that pass are none. */
    ConsumerState in(StreamState whole) {
        return whole.isAllOf(filters) ? with(List.of(), oldestPendingSeconds) : this;
    }

    ConsumerState withOldestPending(OptionalDouble seconds) {
        return with(filters, seconds);
    }

    private ConsumerState with(List<String> subjects, OptionalDouble seconds) {
        return new ConsumerState(
                account,
                stream,
                name,
                durable,
                ackPolicy,
                replicas,
                maxDeliver,
                subjects,
                lastOfSubjects,
                deliveredSequence,
                deliveries,
                lastDelivery,
                ackFloor,
                lastAck,
                pending,
                ackPending,
                redelivered,
                waiting,
                paused,
                seconds,
                group,
                created,
                at,
                readNanos);
    }
}
