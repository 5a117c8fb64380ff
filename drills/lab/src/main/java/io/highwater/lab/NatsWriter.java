// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import io.nats.client.api.PublishAck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that publishes at a steady pace, one message after the other, and remembers which ones the stream has
 * acknowledged: the truth that measurements are compared with.
 *
 * <p>Thread-safe. When there is no answer within 1 s it goes on with the next message, at whichever node answers, until
 * it is closed.
 */
public final class NatsWriter implements AutoCloseable {

    /** A message that the stream acknowledged at this time. Its text is its id. */
    public record Sent(long id, long sequence, Instant acknowledged) {}

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMillis(50);

    private final NatsClient client;
    private final String subject;
    private final Pace pace;
    private final List<Sent> acknowledged = new ArrayList<>();
    private final Background background;
    private long lastId; // of the writing thread alone
    private long failures;
    private long lastSuccess = System.nanoTime();
    private Duration outage = Duration.ZERO;
    private boolean paused;
    private boolean busy;

    private NatsWriter(NatsClient client, String subject, int messagesPerSecond) {
        this.client = client;
        this.subject = subject;
        this.pace = new Pace(messagesPerSecond);
        this.background = Background.repeating("writer-" + subject, this::write);
    }

    /** Begins to write, as {@link NatsUser#APP}, to a subject that a stream has. */
    public static NatsWriter start(NatsCluster cluster, String subject, int messagesPerSecond) {
        var client = cluster.client(NatsUser.APP, ANSWER_LIMIT);
        return new NatsWriter(client, subject, messagesPerSecond);
    }

    /** Returns when no message is under way: what is acknowledged now is all there will be until {@link #resume}. */
    public synchronized void pause() {
        paused = true;
        try {
            while (busy) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while pausing the writer", e);
        }
    }

    public synchronized void resume() {
        paused = false;
        lastSuccess = System.nanoTime();
        notifyAll();
    }

    /** In the order of writing. */
    public synchronized List<Sent> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** How many the stream has acknowledged. */
    public synchronized long count() {
        return acknowledged.size();
    }

    /** Attempts that failed. Whether the message of such an attempt was stored is unknown. */
    public synchronized long failures() {
        return failures;
    }

    /** The longest time without an acknowledgement so far, pauses excluded. */
    public synchronized Duration outage() {
        var now = paused ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - lastSuccess);
        return now.compareTo(outage) > 0 ? now : outage;
    }

    private void write() throws InterruptedException {
        begin();
        try {
            succeeded(client.publish(subject, Long.toString(++lastId)));
        } catch (LabException e) {
            failed();
            Thread.sleep(RETRY);
        }
        pace.awaitNext();
    }

    private synchronized void begin() throws InterruptedException {
        while (paused) {
            wait();
        }
        busy = true;
    }

    private synchronized void succeeded(PublishAck ack) {
        outage = outage();
        lastSuccess = System.nanoTime();
        acknowledged.add(new Sent(lastId, ack.getSeqno(), Instant.now()));
        ended();
    }

    private synchronized void failed() {
        failures++;
        ended();
    }

    private synchronized void ended() {
        busy = false;
        notifyAll();
    }

    @Override
    public void close() {
        background.close();
        client.close();
    }
}
