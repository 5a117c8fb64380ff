// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import java.time.Duration;

/**
 * A client that takes the messages of a stream, up to a hundred a second, and acknowledges each one, until it is closed.
 *
 * <p>Thread-safe. When there is no answer it tries again; what was taken and not acknowledged comes again after 3 s.
 */
public final class NatsWorker implements AutoCloseable {

    private static final int BATCH = 5;
    private static final Duration REST = Duration.ofMillis(50);
    private static final Duration ACK_WAIT = Duration.ofSeconds(3);

    private final NatsClient client;
    private final String stream;
    private final String consumer;
    private final Background background;
    private boolean paused;

    private NatsWorker(NatsClient client, String stream, String consumer) {
        this.client = client;
        this.stream = stream;
        this.consumer = consumer;
        this.background = Background.repeating("worker-" + consumer, this::work);
    }

    /** Makes a durable pull consumer, as {@link NatsUser#APP}, and begins to work. */
    public static NatsWorker start(NatsCluster cluster, String stream, String consumer) {
        cluster.client()
                .createConsumer(
                        stream,
                        ConsumerConfiguration.builder()
                                .durable(consumer)
                                .ackPolicy(AckPolicy.Explicit)
                                .ackWait(ACK_WAIT)
                                .build());
        return new NatsWorker(cluster.client(NatsUser.APP), stream, consumer);
    }

    /** It takes no more; what it has taken it still acknowledges. */
    public synchronized void pause() {
        paused = true;
    }

    public synchronized void resume() {
        paused = false;
        notifyAll();
    }

    private synchronized void awaitWork() throws InterruptedException {
        while (paused) {
            wait();
        }
    }

    private void work() throws InterruptedException {
        awaitWork();
        try {
            client.fetchAndAck(stream, consumer, BATCH);
        } catch (LabException e) {
            // no leader now; or closed, which the next sleep says
        }
        Thread.sleep(REST);
    }

    @Override
    public void close() {
        background.close();
        client.close();
    }
}
