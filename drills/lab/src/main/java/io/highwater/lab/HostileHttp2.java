// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** Servers that take HTTP/2 over TLS alone, and treat every request as none should. */
public final class HostileHttp2 {

    /** The client's first words, before its frames. */
    private static final int PREFACE_BYTES = 24;

    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int END_HEADERS = 4;
    private static final int ACK = 1;
    private static final int INTERNAL_ERROR = 2;

    /** {@code :status: 200} in the static table of HPACK. */
    private static final byte STATUS_200 = (byte) 0x88;

    private HostileHttp2() {}

    @FunctionalInterface
    private interface Reply {
        void to(int stream, Socket client) throws IOException;
    }

    /** Resets every request before it answers. */
    public static HostileServer resetting(Site site) {
        return playing(site, HostileHttp2::reset);
    }

    /** Begins an answer with status 200, and resets it in the body. */
    public static HostileServer resettingInBody(Site site) {
        return playing(site, (stream, client) -> {
            send(client, HEADERS, END_HEADERS, stream, STATUS_200);
            send(client, 0, 0, stream, (byte) '{');
            reset(stream, client);
        });
    }

    /** Sends everybody away for good. */
    public static HostileServer goingAway(Site site) {
        return playing(
                site,
                (_, client) -> send(
                        client,
                        GOAWAY,
                        0,
                        0,
                        ByteBuffer.allocate(8).putInt(0).putInt(INTERNAL_ERROR).array()));
    }

    private static HostileServer playing(Site site, Reply reply) {
        return HostileServer.playing(Step.overTls(site.context(), "h2", client -> serve(client, reply)));
    }

    private static void serve(Socket client, Reply reply) throws IOException {
        var in = new DataInputStream(client.getInputStream());
        in.readNBytes(PREFACE_BYTES);
        send(client, SETTINGS, 0, 0);
        while (true) {
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            if (in.skipBytes(length) < length) {
                throw new EOFException();
            }
            if (type == SETTINGS && flags != ACK) {
                send(client, SETTINGS, ACK, 0);
            } else if (type == HEADERS) {
                reply.to(stream, client);
            }
        }
    }

    private static void reset(int stream, Socket client) throws IOException {
        send(
                client,
                RST_STREAM,
                0,
                stream,
                ByteBuffer.allocate(4).putInt(INTERNAL_ERROR).array());
    }

    private static void send(Socket client, int type, int flags, int stream, byte... payload) throws IOException {
        var frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        client.getOutputStream().write(frame.array());
        client.getOutputStream().flush();
    }
}
