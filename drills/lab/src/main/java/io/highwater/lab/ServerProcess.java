// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server's process with its children, its signals and its log file. */
final class ServerProcess {

    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final int TAIL_BYTES = 8 * 1024;
    private static final List<String> USERS_OWN = List.of("PG", "LC_", "NODE_", "PYTHON", "RUBY", "MINIO_");

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Starts a command with the account servers run as; what it prints is appended to the log. */
    static ServerProcess start(List<String> command, Path folder, Path log) {
        return start(Account.current(), command, folder, log);
    }

    static ServerProcess start(Account account, List<String> command, Path folder, Path log) {
        return start(account, command, Map.of(), folder, log);
    }

    /** @param environment over our own: what is not to be seen in a list of processes, too */
    static ServerProcess start(
            Account account, List<String> command, Map<String, String> environment, Path folder, Path log) {
        var builder = builder(account, command, folder);
        builder.environment().putAll(environment);
        return start(builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    /** One that is talked with over {@link #input} and {@link #output}; only its errors go to the log. */
    static ServerProcess startTalking(List<String> command, Path folder, Path log) {
        return start(
                builder(Account.SELF, command, folder).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    private static ProcessBuilder builder(Account account, List<String> command, Path folder) {
        var builder = new ProcessBuilder(account.command(command)).directory(folder.toFile());
        // A PGDATA, a language or a library of the user's would make the server another one.
        builder.environment().keySet().removeIf(name -> USERS_OWN.stream().anyMatch(name::startsWith));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private static ServerProcess start(ProcessBuilder builder) {
        try {
            return new ServerProcess(builder.start());
        } catch (IOException e) {
            throw new LabException("cannot start " + builder.command().getFirst(), e);
        }
    }

    BufferedWriter input() {
        return process.outputWriter(StandardCharsets.UTF_8);
    }

    BufferedReader output() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** The processes that it started itself and that still run. */
    Set<Long> children() {
        return process.children()
                .filter(child -> !isGone(child))
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    /** Whether it ended by itself within the limit. */
    boolean awaitExit(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for process " + pid() + " to end", e);
        }
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Signals the process alone, not its children. */
    void signal(String name) {
        signal(name, Stream.of(process.toHandle()));
    }

    /** Stops the parent first, so that it makes no child that is missed. */
    void pause() {
        signal("STOP");
        signal("STOP", process.descendants());
    }

    void resume() {
        signal("CONT", process.descendants());
        signal("CONT");
    }

    /** Ends the process and its children as a power cut would, and waits until they are gone. */
    void kill() {
        if (process.isAlive()) {
            signal("STOP");
        }
        var children = process.descendants().toList();
        process.toHandle().destroyForcibly(); // the process's own method would throw away what it said last
        children.forEach(ProcessHandle::destroyForcibly);
        Await.until(
                "process " + pid() + " and its children to die",
                KILL_LIMIT,
                () -> !process.isAlive() && children.stream().allMatch(ServerProcess::isGone),
                () -> "children: " + children);
    }

    /** A zombie counts as gone: it holds neither ports nor files, and waits for an init that may be slow to reap it. */
    static boolean isGone(ProcessHandle process) {
        if (!process.isAlive()) {
            return true;
        }
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException e) {
            return true; // reaped between the two looks
        }
    }

    private static void signal(String name, Stream<ProcessHandle> processes) {
        var pids = processes.map(one -> Long.toString(one.pid())).collect(Collectors.joining(" "));
        if (pids.isEmpty()) {
            return;
        }
        try {
            // The shell's own kill: procps is not everywhere. A child that has just ended is no error.
            new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pids)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new LabException("cannot send " + name + " to " + pids, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while sending " + name + " to " + pids, e);
        }
    }

    /** The last lines of a log, or why there are none. */
    static String tail(Path log, int lines) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var bytes = new byte[(int) Math.min(TAIL_BYTES, file.length())];
            file.seek(file.length() - bytes.length);
            file.readFully(bytes);
            var all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
