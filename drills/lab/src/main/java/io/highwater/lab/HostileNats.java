// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Servers that begin as NATS does and then fail a client.
 *
 * <p>Source: "NATS Protocol", NATS documentation. For a true server that dies in the middle of a long answer see
 * {@link TcpProxy#cutAfter}.
 */
public final class HostileNats {

    private static final String INFO = """
            INFO {"server_id":"HOSTILE","server_name":"hostile","version":"2.15.2","proto":1,"host":"127.0.0.1",\
            "port":4222,"headers":true,"max_payload":1048576,"jetstream":true}\r
            """;

    private HostileNats() {}

    /** Introduces itself, and never answers the login. */
    public static HostileServer hangingInLogin() {
        return HostileServer.playing(send(INFO), Step.hang());
    }

    /** Introduces itself, and answers the login with 4 KiB that are no protocol's, the same in every run. */
    public static HostileServer garbageInLogin() {
        var bytes = new byte[4096];
        new Random(42).nextBytes(bytes);
        return HostileServer.playing(send(INFO), Step.receive(), Step.send(bytes), Step.hang());
    }

    /** Introduces itself with half a line, then closes. */
    public static HostileServer dyingInGreeting() {
        return HostileServer.playing(send(INFO.substring(0, 40)));
    }

    /** Refuses every user. */
    public static HostileServer refusingLogin() {
        return HostileServer.playing(send(INFO), Step.receive(), send("-ERR 'Authorization Violation'\r\n"));
    }

    /** Lets everybody in and answers pings, but no request. */
    public static HostileServer hangingInReply() {
        return HostileServer.playing(send(INFO), untilRequest(false), Step.hang());
    }

    /** Lets everybody in, announces 100 bytes as the answer to the first request, sends four of them, then closes. */
    public static HostileServer dyingInReply() {
        return HostileServer.playing(send(INFO), untilRequest(true));
    }

    private static Step send(String text) {
        return Step.send(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Step untilRequest(boolean answer) {
        return client -> new Session(client).serve(answer);
    }

    /** What a client does after the greeting, line by line. */
    private static final class Session {

        private final Socket client;
        private final BufferedReader lines;
        private final Map<String, String> subscriptions = new HashMap<>();

        Session(Socket client) throws IOException {
            this.client = client;
            this.lines =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        /** @param answer whether to return after half an answer to the first request, or to go on without one */
        void serve(boolean answer) throws IOException {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var words = line.split(" ", -1);
                switch (words[0]) {
                    case "PING" -> write("PONG\r\n");
                    case "SUB" -> subscriptions.put(words[1].replace("*", ""), words[words.length - 1]);
                    case "PUB", "HPUB" -> {
                        if (answer) {
                            write("MSG " + words[2] + " " + subscription(words[2]) + " 100\r\nhalf");
                            return;
                        }
                    }
                    default -> {} // CONNECT, UNSUB, PONG, bodies
                }
            }
        }

        private String subscription(String subject) {
            return subscriptions.entrySet().stream()
                    .filter(one -> subject.startsWith(one.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("1");
        }

        private void write(String text) throws IOException {
            client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
