// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private volatile int target;
    private Mode mode = Mode.CUT;
    private @Nullable ServerSocket listener;

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
        resetAll();
    }

    public synchronized Mode mode() {
        return mode;
    }

    public synchronized void mode(Mode newMode) {
        mode = newMode;
        if (newMode == Mode.CUT) {
            stopListening();
            resetAll();
        } else if (listener == null) {
            listen();
        }
        notifyAll();
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

    private void listen() {
        try {
            var opened = new ServerSocket();
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            listener = opened;
            Thread.ofVirtual().name("proxy-" + port).start(() -> accept(opened));
        } catch (IOException e) {
            throw new LabException("proxy cannot listen on port " + port, e);
        }
    }

    private void stopListening() {
        if (listener != null) {
            closeQuietly(listener);
            listener = null;
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                var client = from.accept();
                if (register(client)) {
                    clients.add(client);
                    Thread.ofVirtual().start(() -> serve(client));
                }
            } catch (IOException e) {
                // closed by a cut; or the client is gone already
            }
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
            for (int read = from.getInputStream().read(chunk);
                    read >= 0;
                    read = from.getInputStream().read(chunk)) {
                awaitThaw();
                to.getOutputStream().write(chunk, 0, read);
                bytes.addAndGet(read);
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

    private synchronized void awaitThaw() throws InterruptedException {
        while (mode == Mode.FREEZE) {
            wait();
        }
    }

    /** Under the lock of mode changes, so that none slips through a cut. */
    private synchronized boolean register(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        if (mode == Mode.CUT) {
            reset(socket);
            return false;
        }
        return true;
    }

    private synchronized void resetAll() {
        sockets.forEach(this::reset);
    }

    /** Linger of 0 makes close send RST instead of FIN. */
    private void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
        closeQuietly(socket);
        sockets.remove(socket);
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is as closed as it gets
        }
    }
}
