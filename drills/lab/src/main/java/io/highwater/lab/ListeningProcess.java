// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A server that is its command, some files and ports of 127.0.0.1 that it accepts connections at: what it says there is
 * for others to know.
 */
final class ListeningProcess implements AutoCloseable {

    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(30);

    private final String name;
    private final List<String> command;
    private final LabProcess process;
    private final int[] ports;

    /**
     * @param files by their names in the folder that it runs in
     * @param ports that accept once it has started
     */
    ListeningProcess(String name, Account account, List<String> command, Map<String, String> files, int... ports) {
        this.name = name;
        this.command = List.copyOf(command);
        this.process = new LabProcess(name, account);
        this.ports = ports.clone();
        files.forEach(process.folder()::write);
    }

    /** Returns when all its ports accept; does nothing when it already runs. Closes itself when it cannot. */
    void start() {
        if (isRunning()) {
            return;
        }
        try {
            process.launch(command);
            process.awaitStart("to accept", () -> Arrays.stream(ports).allMatch(ListeningProcess::accepts));
        } catch (LabException e) {
            close();
            throw e;
        }
    }

    static boolean accepts(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Writes a file anew and sends a signal that makes a server start other workers; returns when there is one and
     * those before are gone, which accept for as long as they live.
     */
    void reload(String signal, String file, String content) {
        process.folder().write(file, content);
        var before = process.children();
        process.signal(signal);
        Await.until(
                name + " to have only workers with its new settings",
                RELOAD_LIMIT,
                () -> {
                    var now = process.children();
                    return !now.isEmpty() && Collections.disjoint(now, before);
                },
                this::logTail);
    }

    void stop(String signal) {
        process.stop(signal);
    }

    void kill() {
        process.kill();
    }

    void pause() {
        process.pause();
    }

    void resume() {
        process.resume();
    }

    boolean isRunning() {
        return process.isRunning();
    }

    String logTail() {
        return process.logTail();
    }

    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return name + " on " + Arrays.toString(ports);
    }
}
