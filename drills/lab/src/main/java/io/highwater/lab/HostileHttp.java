// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

/** Servers that answer every HTTP request as none should. One that never answers is {@link HostileServer#silent()}. */
public final class HostileHttp {

    private HostileHttp() {}

    /** Answers everything with this, as {@code application/json}. */
    public static HostileServer answering(int status, String body) {
        return HostileServer.playing(
                Step.receive(), send(head(status) + "Content-Length: " + bytes(body).length + "\r\n\r\n" + body));
    }

    /** Status 500 with a text. */
    public static HostileServer failing() {
        return answering(500, "internal server error");
    }

    /** Status 200 with a whole body that is half a JSON document. */
    public static HostileServer truncatedJson() {
        return answering(200, "{\"server_name\": \"nats-1\", \"jetstream\": {\"conf");
    }

    /** Announces 1000 bytes, sends some of them, then closes. */
    public static HostileServer dyingInBody() {
        return HostileServer.playing(
                Step.receive(), send(head(200) + "Content-Length: 1000\r\n\r\n{\"server_name\": "));
    }

    /** Announces 1000 bytes, sends some of them, then nothing more. */
    public static HostileServer hangingInBody() {
        return HostileServer.playing(
                Step.receive(), send(head(200) + "Content-Length: 1000\r\n\r\n{\"server_name\": "), Step.hang());
    }

    /** A byte of the body every so often, and never the last one. */
    public static HostileServer drippingBody(Duration every) {
        return HostileServer.playing(
                Step.receive(), send(head(200) + "\r\n"), Step.forever(Step.drip(every, bytes(" "))));
    }

    /** A body without an end, as fast as the client takes it. */
    public static HostileServer endlessBody() {
        return HostileServer.playing(
                Step.receive(), send(head(200) + "\r\n{\"a\": \""), Step.forever(send("a".repeat(8192))));
    }

    /** Announces that many bytes, and sends them as fast as the client takes them. */
    public static HostileServer hugeBody(long length) {
        return HostileServer.playing(
                Step.receive(), send(head(200) + "Content-Length: " + length + "\r\n\r\n"), Step.flood(length));
    }

    /** Sends whoever comes back to where he was. */
    public static HostileServer redirectLoop() {
        return HostileServer.playing(Step.receive(), send(head(302) + "Location: /again\r\nContent-Length: 0\r\n\r\n"));
    }

    /** A head without an end, as fast as the client takes it. */
    public static HostileServer endlessHead() {
        return HostileServer.playing(
                Step.receive(), send(head(200)), Step.forever(send("X-More: " + "a".repeat(8192) + "\r\n")));
    }

    /** A small body that is a large one once it is decompressed: that many times the text. */
    public static HostileServer gzipBomb(String text, int times) {
        var compressed = compressed(bytes(text), times);
        var head = head(200) + "Content-Encoding: gzip\r\nContent-Length: " + compressed.length + "\r\n\r\n";
        return HostileServer.playing(Step.receive(), send(head), Step.send(compressed));
    }

    private static byte[] compressed(byte[] text, int times) {
        var body = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(body)) {
            for (int i = 0; i < times; i++) {
                gzip.write(text);
            }
        } catch (IOException e) {
            throw new LabException("cannot compress", e);
        }
        return body.toByteArray();
    }

    private static String head(int status) {
        return "HTTP/1.1 " + status + " Hostile\r\nContent-Type: application/json\r\nConnection: close\r\n";
    }

    private static Step send(String text) {
        return Step.send(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
