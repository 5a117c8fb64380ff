// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection to one server, used by one collection at a time. Opened when it is needed, kept while it works, thrown
 * away at the first sign that it does not.
 */
public final class Lane implements AutoCloseable {

    /** Sends commands together and returns their replies, of which any may be an error, in the same order. */
    @FunctionalInterface
    public interface Pipeline {
        List<Reply> ask(List<List<String>> commands) throws CollectionException;
    }

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work {
        void run(Pipeline server) throws CollectionException, InterruptedException;
    }

    /** Opens a connection whose every wait ends within the time given, and hands out its socket before the first. */
    @FunctionalInterface
    public interface Connector {
        Connection connect(Duration timeout, Consumer<Socket> socket) throws CollectionException;
    }

    private final Connector connector;
    private final Semaphore free = new Semaphore(1, true);
    private volatile @Nullable Socket socket;
    private volatile @Nullable Object holder;
    private volatile boolean closed;
    private @Nullable Connection connection;

    public Lane(Connector connector) {
        this.connector = connector;
    }

    /**
     * @param by who works, for {@link #abort}
     * @param timeout the collection's deadline, above all of ours
     */
    public void use(Object by, Duration timeout, Work work) throws CollectionException, InterruptedException {
        var ours = timeout.multipliedBy(9).dividedBy(10);
        if (!free.tryAcquire(ours.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new CollectionException(
                    Reason.OVERRUN, "the connection was taken by another collection for " + ours.toMillis() + " ms");
        }
        boolean worked = false;
        try {
            holder = by;
            var open = open(ours);
            work.run(commands -> ask(open, commands));
            worked = true;
        } catch (JedisException e) {
            throw RedisErrors.failure(e);
        } finally {
            if (!worked || Thread.currentThread().isInterrupted() || closed) {
                cut();
                connection = null;
            }
            holder = null;
            free.release();
        }
    }

    private static List<Reply> ask(Connection open, List<List<String>> commands) {
        for (var command : commands) {
            open.sendCommand(
                    () -> command.getFirst().getBytes(UTF_8),
                    command.subList(1, command.size()).toArray(String[]::new));
        }
        return open.getMany(commands.size()).stream().map(Reply::new).toList();
    }

    private Connection open(Duration timeout) throws CollectionException {
        var open = connection;
        if (open == null) {
            open = connector.connect(timeout, opened -> socket = opened);
            connection = open;
        }
        open.setSoTimeout((int) timeout.toMillis());
        return open;
    }

    /** Cuts the connection when it is this worker who holds it. */
    public void abort(Object by) {
        if (by.equals(holder)) {
            cut();
        }
    }

    private void cut() {
        var open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        cut();
    }
}
