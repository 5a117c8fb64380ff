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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server that is its command, some files and ports of 127.0.0.1 that it accepts connections at: what it says there is
 * for others to know.
 */
final class ListeningProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int TAIL_LINES = 20;

    private final String name;
    private final List<String> command;
    private final ServerFolder folder;
    private final int[] ports;
    private @Nullable ServerProcess process;

    /**
     * @param files by their names in the folder that it runs in
     * @param ports that accept once it has started
     */
    ListeningProcess(String name, Account account, List<String> command, Map<String, String> files, int... ports) {
        this.name = name;
        this.command = List.copyOf(command);
        this.folder = ServerFolder.create(name, account);
        this.ports = ports.clone();
        files.forEach(folder::write);
        LastResort.add(this);
    }

    /** Returns when all its ports accept; does nothing when it already runs. Closes itself when it cannot. */
    void start() {
        if (isRunning()) {
            return;
        }
        var started = ServerProcess.start(folder.account(), command, folder.home(), folder.log());
        process = started;
        try {
            Await.until(
                    name + " to accept", START_LIMIT, () -> !started.isRunning() || acceptsEverywhere(), this::logTail);
            if (!started.isRunning()) {
                throw new LabException(name + " ended with " + started.exitCode() + " while starting:\n" + logTail());
            }
        } catch (LabException e) {
            close();
            throw e;
        }
    }

    private boolean acceptsEverywhere() {
        return Arrays.stream(ports).allMatch(ListeningProcess::accepts);
    }

    private static boolean accepts(int port) {
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
        folder.write(file, content);
        var before = Set.copyOf(running().children());
        running().signal(signal);
        Await.until(
                name + " to have only workers with its new settings",
                START_LIMIT,
                () -> {
                    var now = running().children();
                    return !now.isEmpty() && Collections.disjoint(now, before);
                },
                this::logTail);
    }

    /** An orderly end by that signal. Does nothing when it does not run. */
    void stop(String signal) {
        if (isRunning()) {
            running().signal(signal);
            if (!running().awaitExit(STOP_LIMIT)) {
                throw new LabException(name + " did not stop in " + STOP_LIMIT.toSeconds() + " s:\n" + logTail());
            }
        }
    }

    void kill() {
        if (process != null) {
            process.kill();
        }
    }

    void pause() {
        running().pause();
    }

    void resume() {
        running().resume();
    }

    boolean isRunning() {
        return process != null && process.isRunning();
    }

    String logTail() {
        return ServerProcess.tail(folder.log(), TAIL_LINES);
    }

    private ServerProcess running() {
        if (process == null || !process.isRunning()) {
            throw new LabException(name + " does not run:\n" + logTail());
        }
        return process;
    }

    /** Kills it and deletes its folder. */
    @Override
    public void close() {
        kill();
        folder.delete();
        LastResort.remove(this);
    }

    @Override
    public String toString() {
        return name + " on " + Arrays.toString(ports);
    }
}
