// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Streams, consumers and groups of which a test says only what it is about. */
final class Specimens {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    static final Instant CREATED = NOW.minusSeconds(86_400);

    private Specimens() {}

    /** With messages 1 to last, of which the first is an hour old and the last one five seconds. */
    static StreamState stream(long last, long readNanos) {
        return new StreamState(
                "APP",
                "ORDERS",
                List.of("ORDERS.>"),
                3,
                false,
                -1,
                -1,
                last,
                100 * last,
                1,
                last,
                Optional.of(NOW.minusSeconds(3600)),
                Optional.of(NOW.minusSeconds(5)),
                1,
                List.of(),
                group("nats-1", heard("nats-2", 0.1), heard("nats-3", 0.1)),
                Optional.of(NOW),
                readNanos);
    }

    /** Of that stream, which gives a message up after so many deliveries. */
    static ConsumerState consumer(
            long maxDeliver, long ackFloor, long delivered, long pending, long ackPending, long redelivered) {
        return new ConsumerState(
                "APP",
                "ORDERS",
                "worker",
                true,
                "explicit",
                0,
                maxDeliver,
                List.of(),
                false,
                delivered,
                delivered,
                Optional.empty(),
                ackFloor,
                Optional.empty(),
                pending,
                ackPending,
                redelivered,
                0,
                false,
                OptionalDouble.empty(),
                RaftGroup.alone("nats-1"),
                Optional.of(CREATED),
                Optional.of(NOW),
                0);
    }

    static RaftGroup group(String leader, RaftGroup.Peer... others) {
        return new RaftGroup(Optional.of(leader), Optional.empty(), List.of(others));
    }

    static RaftGroup.Peer heard(String name, double secondsAgo) {
        return new RaftGroup.Peer(name, true, false, secondsAgo, 0);
    }

    static RaftGroup.Peer offline(String name) {
        return new RaftGroup.Peer(name, false, true, 0.1, 0);
    }

    static StreamState withUpstreams(StreamState of, StreamState.Upstream... upstreams) {
        return new StreamState(
                of.account(),
                of.name(),
                of.subjects(),
                of.replicas(),
                of.inMemory(),
                of.limitMessages(),
                of.limitBytes(),
                of.messages(),
                of.bytes(),
                of.firstSequence(),
                of.lastSequence(),
                of.firstTime(),
                of.lastTime(),
                of.consumers(),
                Stream.of(upstreams).toList(),
                of.group(),
                of.at(),
                of.readNanos());
    }
}
