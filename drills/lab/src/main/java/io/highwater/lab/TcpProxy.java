// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A loopback port that forwards to another one, until it is told to fail. Knows no protocol. Thread-safe; starts in
 * {@link Mode#FORWARD}.
 */
public final class TcpProxy implements AutoCloseable {

    /** What the network does. */
    public enum Mode {
        /** It works. */
        FORWARD,
        /** It loses every packet: connections stay and new ones are accepted, but no byte gets through either way. */
        FREEZE,
        /** It is gone: connections are reset, new ones refused. */
        CUT
    }

    private static final int CHUNK = 64 * 1024;
    private static final int CONNECT_MILLIS = 5_000;

    private final int port = FreePort.next();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet(); // of clients and to the target
    private final AtomicLong bytes = new AtomicLong();
    private volatile int target;
    private @Nullable Listener listener; // guarded by this, as all changes are made one at a time

    private final Object state = new Object(); // guards what follows; what connections look at
    private Mode mode = Mode.CUT;
    private long allowance = Long.MAX_VALUE;

    public TcpProxy(int target) {
        this.target = target;
        mode(Mode.FORWARD);
    }

    /** Where clients connect to; stays the same through all modes. */
    public int port() {
        return port;
    }

    /** Sends new connections elsewhere and resets those there are. */
    public synchronized void target(int newTarget) {
        target = newTarget;
        sockets.forEach(TcpProxy::resetWhenClosed);
        sockets.forEach(TcpProxy::closeQuietly);
    }

    public Mode mode() {
        synchronized (state) {
            return mode;
        }
    }

    /** Returns when it is so: after a cut the port refuses. */
    public synchronized void mode(Mode newMode) {
        synchronized (state) {
            mode = newMode;
            allowance = Long.MAX_VALUE;
            if (newMode == Mode.CUT) {
                sockets.forEach(TcpProxy::resetWhenClosed);
            }
            state.notifyAll();
        }
        if (newMode == Mode.CUT) {
            if (listener != null) {
                listener.close();
                listener = null;
            }
            sockets.forEach(TcpProxy::closeQuietly);
        } else if (listener == null) {
            listener = new Listener(port, this::admit);
        }
    }

    /**
     * Lets that many more bytes through, both ways together, and cuts then: a server that dies in the middle of its
     * answer. A change of mode before that calls it off.
     */
    public void cutAfter(long count) {
        synchronized (state) {
            allowance = count;
        }
    }

    /** How many connections clients have open, forwarded or frozen. */
    public int connections() {
        return clients.size();
    }

    /** How many bytes were forwarded so far, both ways. */
    public long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        mode(Mode.CUT);
    }

    private void admit(Socket client) {
        if (register(client)) {
            clients.add(client);
            Thread.ofVirtual().start(() -> serve(client));
        }
    }

    private void serve(Socket client) {
        try (client;
                var server = new Socket()) {
            awaitThaw();
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
            if (register(server)) {
                var back = Thread.ofVirtual().start(() -> pump(server, client));
                pump(client, server);
                back.join();
            }
            sockets.remove(server);
        } catch (IOException e) {
            // the target refuses: the client sees its connection closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(client);
            sockets.remove(client);
        }
    }

    /** Forwards one direction until its end; a failure of one direction ends both. */
    private void pump(Socket from, Socket to) {
        var chunk = new byte[CHUNK];
        try {
            var in = from.getInputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                awaitThaw();
                forward(chunk, read, to);
            }
            awaitThaw();
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forward(byte[] chunk, int length, Socket to) throws IOException {
        var allowed = spend(length);
        to.getOutputStream().write(chunk, 0, allowed);
        bytes.addAndGet(allowed);
        if (allowed < length) {
            mode(Mode.CUT);
        }
    }

    private int spend(int wanted) {
        synchronized (state) {
            var allowed = (int) Math.min(wanted, allowance);
            allowance -= allowed;
            return allowed;
        }
    }

    /** What was held back when the network was cut is lost. */
    private void awaitThaw() throws InterruptedException, IOException {
        synchronized (state) {
            while (mode == Mode.FREEZE) {
                state.wait();
            }
            if (mode == Mode.CUT) {
                throw new IOException("cut");
            }
        }
    }

    /** Whether the connection may live. Looks at the mode under its lock, so that none slips through a cut. */
    private boolean register(Socket socket) {
        synchronized (state) {
            sockets.add(socket);
            if (mode != Mode.CUT) {
                return true;
            }
        }
        resetWhenClosed(socket);
        closeQuietly(socket);
        sockets.remove(socket);
        return false;
    }

    /**
     * Linger of 0 makes close send RST instead of FIN. All sockets are marked before the first is closed: that one wakes
     * a thread which closes the other end.
     */
    private static void resetWhenClosed(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is as closed as it gets
        }
    }
}
