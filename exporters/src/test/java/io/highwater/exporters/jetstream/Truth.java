// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.exporters.Watched;
import io.highwater.lab.NatsWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the page every tenth of a second while servers fail, and compares what it says of a stream and of its
 * consumer, which takes nothing, with what the stream acknowledged to a writer.
 */
final class Truth implements AutoCloseable {

    /** What the page said at a moment. */
    record Look(Instant at, OptionalDouble lastSequence, OptionalDouble pending, OptionalDouble hasLeader) {}

    /** So long a collection is shown when none follows, and it may have read its first number at its start. */
    private static final Duration GRACE =
            WatchedBus.INTERVAL.plus(WatchedBus.TIMEOUT.multipliedBy(2)).plusMillis(500);

    private final Watched watched;
    private final String stream;
    private final List<Look> looks = new CopyOnWriteArrayList<>();
    private final Thread looking = Thread.ofVirtual().unstarted(this::look);

    private Truth(Watched watched, String stream) {
        this.watched = watched;
        this.stream = stream;
    }

    static Truth watch(Watched watched, String stream) {
        var truth = new Truth(watched, stream);
        truth.looking.start();
        return truth;
    }

    private void look() {
        try {
            while (true) {
                looks.add(new Look(
                        Instant.now(),
                        watched.value("nats_stream_last_seq", "stream_name", stream),
                        watched.value("nats_consumer_num_pending", "stream_name", stream),
                        watched.value("nats_stream_has_leader", "stream_name", stream)));
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    List<Look> looks() {
        return looks;
    }

    /** Everything that was shown and was not true then. */
    List<String> lies(NatsWriter writer) {
        var acknowledged = writer.acknowledged();
        var lies = new ArrayList<String>();
        for (var look : looks) {
            long least = acknowledged.stream()
                    .filter(sent -> sent.acknowledged().isBefore(look.at.minus(GRACE)))
                    .mapToLong(NatsWriter.Sent::sequence)
                    .max()
                    .orElse(0);
            // A message may be stored before its acknowledgement is there, and without it ever coming.
            long most = acknowledged.stream()
                            .filter(sent -> sent.acknowledged().isBefore(look.at))
                            .mapToLong(NatsWriter.Sent::sequence)
                            .max()
                            .orElse(0)
                    + 1
                    + writer.failures();
            check("last sequence", look.lastSequence, least, most, look.at, lies);
            check("pending", look.pending, least, most, look.at, lies);
        }
        return lies;
    }

    private static void check(String what, OptionalDouble shown, long least, long most, Instant at, List<String> lies) {
        if (shown.isPresent() && (shown.getAsDouble() < least || shown.getAsDouble() > most)) {
            lies.add(at + " " + what + " " + shown.getAsDouble() + " not in " + least + " to " + most);
        }
    }

    @Override
    public void close() {
        looking.interrupt();
    }
}
