// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One question and its answer. There is one try: who asks twice does not see that every second question is lost. */
final class DnsExchange {

    /** More than a server may send who was not told that it may send more than 512. */
    private static final int LONGEST_DATAGRAM = 4096;

    private final InetSocketAddress server;
    private final DnsQuestion question;
    private final Attempt attempt;
    private volatile @Nullable AutoCloseable open;
    private long connectNanos;

    DnsExchange(InetSocketAddress server, DnsQuestion question, Attempt attempt) {
        this.server = server;
        this.question = question;
        this.attempt = attempt;
    }

    /** By UDP; what arrives and is no answer to this question is passed over. */
    DnsAnswer byUdp() throws IOException, ProbeFailure {
        try (var socket = new DatagramSocket()) {
            open = socket;
            socket.connect(server); // of others, nothing is taken
            var message = question.message();
            socket.send(new DatagramPacket(message, message.length));
            var packet = new DatagramPacket(new byte[LONGEST_DATAGRAM], LONGEST_DATAGRAM);
            while (true) {
                socket.setSoTimeout(Math.toIntExact(attempt.left("the answer").toMillis()));
                socket.receive(packet);
                var answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
        }
    }

    /** By TCP. */
    DnsAnswer byTcp() throws IOException, ProbeFailure {
        try (var socket = new DeadlineSocket(attempt)) {
            open = socket;
            long started = System.nanoTime();
            socket.connect(server, Math.toIntExact(attempt.left("a connection").toMillis()));
            connectNanos = System.nanoTime() - started;
            var message = question.message();
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(2 + message.length)
                            .putShort((short) message.length)
                            .put(message)
                            .array());
            var in = new DataInputStream(socket.getInputStream());
            var bytes = new byte[in.readUnsignedShort()];
            in.readFully(bytes);
            return answer(bytes)
                    .orElseThrow(() -> new ProbeFailure(FailureReason.PROTOCOL, "the answer is to another question"));
        }
    }

    private Optional<DnsAnswer> answer(byte[] bytes) throws ProbeFailure {
        return DnsAnswer.of(bytes, question);
    }

    /** How long the connection took; 0 when there was none, as by UDP. */
    long connectNanos() {
        return connectNanos;
    }

    /** From any thread. */
    void abort() {
        var socket = open;
        if (socket != null) {
            try {
                socket.close();
            } catch (Exception e) {
                // It is as closed as it gets.
            }
        }
    }
}
