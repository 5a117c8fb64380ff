// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A server on a free loopback port that plays the same script to every client. Knows no protocol; for a port that
 * refuses, take {@link FreePort#next()}.
 */
public final class HostileServer implements AutoCloseable {

    private final List<Step> script;
    private final List<Play> plays = new ArrayList<>();
    private final Listener listener;
    private int accepted;

    private record Play(Socket client, Thread player) {}

    private HostileServer(List<Step> script) {
        this.script = script;
        this.listener = new Listener(FreePort.next(), this::admit);
    }

    /** Plays the steps to every client, and closes its connection after the last one. */
    public static HostileServer playing(Step... script) {
        return new HostileServer(List.of(script));
    }

    /** Accepts and never says a word. */
    public static HostileServer silent() {
        return playing(Step.hang());
    }

    /** Accepts and closes at once. */
    public static HostileServer closing() {
        return playing();
    }

    /** Sends 4 KiB that are no protocol's, the same in every run, then hangs. */
    public static HostileServer garbage() {
        var bytes = new byte[4096];
        new Random(42).nextBytes(bytes);
        return playing(Step.send(bytes), Step.hang());
    }

    /** Answers one byte at a time. */
    public static HostileServer dripping(Duration every, byte... bytes) {
        return playing(Step.drip(every, bytes), Step.hang());
    }

    public int port() {
        return listener.port();
    }

    /** How many connections were accepted so far. */
    public synchronized int accepted() {
        return accepted;
    }

    private synchronized void admit(Socket client) {
        accepted++;
        plays.removeIf(play -> !play.player().isAlive());
        plays.add(new Play(client, Thread.ofVirtual().start(() -> play(client))));
    }

    private void play(Socket client) {
        try (client) {
            for (var step : script) {
                step.play(client);
            }
        } catch (IOException e) {
            // the client has gone, as it should
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Ends all connections. */
    @Override
    public void close() {
        listener.close();
        synchronized (this) {
            plays.forEach(play -> play.player().interrupt());
        }
    }
}
