// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.OffsetTimeline;
import io.highwater.core.OffsetTimeline.Lag;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The age of the oldest message that a consumer has not done with. Which message that is follows from the consumer's
 * numbers; when it was stored, from when the stream was seen to come to it, so that no message need be read. Where that
 * does not tell, the message is looked up, if there is somebody to ask.
 *
 * <p>One stream and its consumers are for one thread at a time.
 */
final class OldestPending {

    /** Finds messages. */
    @FunctionalInterface
    interface Messages {
        Messages NONE = (_, _, _) -> Optional.empty();

        /** The first message of the stream from that sequence on, of these subjects; empty when not known. */
        Optional<Instant> storedFrom(StreamState stream, long sequence, ConsumerState consumer);
    }

    /**
     * What was true when nothing was being worked on: all up to there is acknowledged or given up.
     *
     * @param redelivered of the messages given up until then
     * @param generation of the advisories then
     */
    private record Settled(long sequence, long redelivered, int generation) {}

    /** Ages from the stream's own history are off by the distance of two collections: enough for young ones only. */
    private static final double YOUNG_SECONDS = Duration.ofSeconds(30).toSeconds();

    private final Advisories advisories;
    private final Map<String, OffsetTimeline> positions = new ConcurrentHashMap<>();
    private final Map<String, Settled> settled = new ConcurrentHashMap<>();

    OldestPending(Advisories advisories) {
        this.advisories = advisories;
    }

    /** Notes where the stream is. */
    void see(StreamState stream) {
        positions
                .computeIfAbsent(stream.key(), _ -> new OffsetTimeline())
                .record(stream.readNanos(), stream.lastSequence());
    }

    /** Forgets streams and consumers that are gone. */
    void keep(Set<String> streams, Set<String> consumers) {
        positions.keySet().retainAll(streams);
        settled.keySet().retainAll(consumers);
    }

    /** How old the oldest message is that is pending or ack pending, in seconds: 0 without any; empty when unknown. */
    OptionalDouble oldestSeconds(StreamState stream, ConsumerState consumer, Messages messages) {
        if (consumer.ackPending() == 0) {
            settled.put(
                    consumer.key(),
                    new Settled(consumer.deliveredSequence(), consumer.redelivered(), advisories.generation()));
        }
        if (consumer.ackPending() == 0 && consumer.pending() == 0) {
            return OptionalDouble.of(0);
        }
        var oldest = consumer.ackPending() == 0
                ? OptionalLong.of(consumer.deliveredSequence() + 1)
                : firstUnacknowledged(consumer);
        return oldest.isPresent() ? age(stream, consumer, oldest.getAsLong(), messages) : OptionalDouble.empty();
    }

    /** Messages that were given up hold the ack floor for ever, so they are stepped over. */
    private OptionalLong firstUnacknowledged(ConsumerState consumer) {
        if (consumer.maxDeliver() <= 0 || consumer.redelivered() == 0) {
            return OptionalLong.of(consumer.ackFloor() + 1);
        }
        var before = settled.get(consumer.key());
        if (before == null) {
            return OptionalLong.empty();
        }
        long done = Math.max(consumer.ackFloor(), before.sequence);
        if (consumer.redelivered() == before.redelivered) {
            return OptionalLong.of(done + 1);
        }
        boolean allHeard = before.generation >= 0 && before.generation == advisories.generation();
        return allHeard
                ? OptionalLong.of(advisories.nextKept(consumer.stream() + "/" + consumer.name(), done))
                : OptionalLong.empty();
    }

    private OptionalDouble age(StreamState stream, ConsumerState consumer, long sequence, Messages messages) {
        var seen = consumer.filters().isEmpty() ? seenSeconds(stream, sequence) : OptionalDouble.empty();
        if (seen.isPresent() && seen.getAsDouble() < YOUNG_SECONDS) {
            return seen;
        }
        return messages.storedFrom(stream, sequence, consumer)
                .map(time -> seconds(time, consumer.at()))
                .orElse(seen);
    }

    /** Without looking at the message: exact at both ends of the stream, and else right unless messages were deleted. */
    private OptionalDouble seenSeconds(StreamState stream, long sequence) {
        if (sequence <= stream.firstSequence() && stream.firstTime().isPresent()) {
            return seconds(stream.firstTime().get(), stream.at());
        }
        if (sequence == stream.lastSequence() && stream.lastTime().isPresent()) {
            return seconds(stream.lastTime().get(), stream.at());
        }
        var timeline = positions.get(stream.key());
        return timeline != null && timeline.lag(stream.readNanos(), sequence - 1) instanceof Lag.Known(double lag)
                ? OptionalDouble.of(lag)
                : OptionalDouble.empty();
    }

    private static OptionalDouble seconds(Instant since, Optional<Instant> until) {
        var age = Duration.between(since, until.orElseGet(Instant::now));
        return OptionalDouble.of(Math.max(0, age.toNanos() / 1e9));
    }
}
