// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One thing a {@link HostileServer} does to a client. A script is a list of them; after the last one it closes. */
@FunctionalInterface
public interface Step {

    void play(Socket client) throws IOException, InterruptedException;

    /** Waits until the client has sent something, and swallows what there is of it. */
    static Step receive() {
        return client -> receiveSome(client);
    }

    static Step send(byte... bytes) {
        return client -> client.getOutputStream().write(bytes);
    }

    /** Sends one byte at a time: never silent, never done. */
    static Step drip(Duration every, byte... bytes) {
        return client -> {
            for (byte one : bytes) {
                client.getOutputStream().write(one);
                Thread.sleep(every);
            }
        };
    }

    /** Again and again, until the client has gone or the server is closed. */
    static Step forever(Step step) {
        return client -> {
            while (!Thread.currentThread().isInterrupted()) {
                step.play(client);
            }
        };
    }

    /** That many bytes, the same one again and again. */
    static Step flood(long length) {
        return client -> {
            var chunk = new byte[64 * 1024];
            Arrays.fill(chunk, (byte) 'a');
            for (long left = length; left > 0; left -= chunk.length) {
                client.getOutputStream().write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        };
    }

    /** The steps after it are played over TLS, to a client that takes that protocol in it, such as {@code h2}. */
    static Step overTls(SSLContext context, String protocol, Step... steps) {
        return client -> {
            try (var secured = (SSLSocket) context.getSocketFactory()
                    .createSocket(client, client.getInetAddress().getHostAddress(), client.getPort(), false)) {
                secured.setUseClientMode(false);
                var parameters = secured.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {protocol});
                secured.setSSLParameters(parameters);
                secured.startHandshake();
                for (var step : steps) {
                    step.play(secured);
                }
            }
        };
    }

    /** Keeps the connection and does nothing more until the server is closed. */
    static Step hang() {
        return _ -> Thread.sleep(Duration.ofDays(1));
    }

    /** Closes the connection with a reset instead of an orderly end. */
    static Step reset() {
        return client -> {
            client.setSoLinger(true, 0);
            client.close();
        };
    }

    /** The bytes that had arrived, at least one unless the client is gone. */
    static byte[] receiveSome(Socket client) throws IOException {
        var chunk = new byte[8192];
        var read = client.getInputStream().read(chunk);
        return read < 0 ? new byte[0] : Arrays.copyOf(chunk, read);
    }
}
