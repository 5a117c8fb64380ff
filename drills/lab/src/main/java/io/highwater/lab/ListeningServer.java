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
 * A real server that is its command, some files and ports of 127.0.0.1 that it accepts connections at: what it says there
 * is for others to know.
 *
 * <p>What goes wrong in the lab is a {@link LabException}. Not thread-safe: one test or drill drives it.
 */
public abstract sealed class ListeningServer implements AutoCloseable
        permits DevChain, DnsServer, HaproxyServer, NginxServer, ShopService {

    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(30);

    private final String name;
    private final List<String> command;
    private final LabProcess process;
    private final int[] ports;

    /**
     * @param files by their names in the folder that it runs in
     * @param ports that accept once it has started
     */
    ListeningServer(String name, Account account, List<String> command, Map<String, String> files, int... ports) {
        this.name = name;
        this.command = List.copyOf(command);
        this.process = new LabProcess(name, account);
        this.ports = ports.clone();
        files.forEach(process.folder()::write);
    }

    /** Again after {@link #kill}, or after an orderly end; knows nothing of what was before. Returns when all its ports accept. */
    public final void restart() {
        if (!isRunning()) {
            process.launch(command);
            process.awaitStart("to accept", () -> Arrays.stream(ports).allMatch(ListeningServer::accepts));
        }
    }

    /** For the first time: closes itself when it cannot. */
    final void launch() {
        try {
            restart();
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
    final void renewWorkers(String signal, String file, String content) {
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

    /** An orderly end by that signal; does nothing when it does not run. */
    final void end(String signal) {
        process.stop(signal);
    }

    /** A crash: its ports refuse when this returns. */
    public final void kill() {
        process.kill();
    }

    /** A hang: connections are accepted by the kernel, and nobody answers. */
    public final void pause() {
        process.pause();
    }

    public final void resume() {
        process.resume();
    }

    public final boolean isRunning() {
        return process.isRunning();
    }

    public final String logTail() {
        return process.logTail();
    }

    /** Kills it and deletes its folder. */
    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return name + " on " + Arrays.toString(ports);
    }
}
