// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** A loopback port whose clients are handed, one by one, to whoever opened it. */
final class Listener implements AutoCloseable {

    private final ServerSocket socket;
    private final Thread acceptor;

    Listener(int port, Consumer<Socket> admit) {
        try {
            this.socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new LabException("cannot listen on port " + port, e);
        }
        this.acceptor = Thread.ofVirtual().name("listener-" + port).start(() -> accept(admit));
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept(Consumer<Socket> admit) {
        while (!socket.isClosed()) {
            try {
                admit.accept(socket.accept());
            } catch (IOException e) {
                // closed
            }
        }
    }

    /** The port goes on accepting while a thread still waits for clients, so the end of that thread is awaited. */
    @Override
    public void close() {
        try {
            socket.close();
            acceptor.join();
        } catch (IOException e) {
            throw new LabException("cannot close port " + port(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
