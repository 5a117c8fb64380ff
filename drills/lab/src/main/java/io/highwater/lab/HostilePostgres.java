// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Servers that begin as Postgres does and then fail a client in the middle of a message.
 *
 * <p>Source: "Message Formats", Postgres documentation. For a true server that dies in the middle of a long answer see
 * {@link TcpProxy#cutAfter}.
 */
public final class HostilePostgres {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private HostilePostgres() {}

    /** Asks for a password with half a message, then closes. */
    public static HostileServer dyingInHandshake() {
        return HostileServer.playing(startup(), Step.send((byte) 'R', (byte) 0, (byte) 0));
    }

    /** Lets everybody in, announces a row of 100 bytes to the first query, sends three of them, then closes. */
    public static HostileServer dyingInReply() {
        return HostileServer.playing(startup(), Step.send(welcome()), Step.receive(), Step.send(halfReply()));
    }

    /** Lets everybody in and never answers a query. */
    public static HostileServer hangingInReply() {
        return HostileServer.playing(startup(), Step.send(welcome()), Step.hang());
    }

    /** Declines encryption when it is asked for, until the startup message has come. */
    private static Step startup() {
        return client -> {
            while (isEncryptionRequest(client)) {
                client.getOutputStream().write('N');
            }
        };
    }

    private static boolean isEncryptionRequest(Socket client) throws IOException {
        var request = ByteBuffer.wrap(Step.receiveSome(client));
        if (request.remaining() != 8) {
            return false;
        }
        var code = request.getInt(4);
        return code == SSL_REQUEST || code == GSS_REQUEST;
    }

    private static byte[] welcome() {
        return bytes(out -> out.message('R', bytes(body -> body.number(0)))
                .message('S', bytes(body -> body.text("server_version").text("18.0")))
                .message('S', bytes(body -> body.text("client_encoding").text("UTF8")))
                .message(
                        'S',
                        bytes(body -> body.text("standard_conforming_strings").text("on")))
                .message('K', bytes(body -> body.number(4242).number(1)))
                .message('Z', new byte[] {'I'}));
    }

    private static byte[] halfReply() {
        return bytes(out -> out.type('T').number(100).text("ab"));
    }

    private static byte[] bytes(Function<Message, Message> writer) {
        return writer.apply(new Message()).bytes.toByteArray();
    }

    /** Postgres' encoding: big-endian numbers, texts that end with 0, lengths that count themselves but not the type. */
    private static final class Message {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Message message(char type, byte[] body) {
            type(type).number(body.length + 4);
            bytes.writeBytes(body);
            return this;
        }

        Message type(char type) {
            bytes.write(type);
            return this;
        }

        Message number(int number) {
            try {
                out.writeInt(number);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // never: it goes to memory
            }
            return this;
        }

        Message text(String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
            return this;
        }
    }
}
