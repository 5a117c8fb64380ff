// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import static org.assertj.core.api.Assertions.fail;

import io.highwater.agent.Main;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A demo in a JVM of its own, with the tests' class path. */
final class DemoProcess implements AutoCloseable {

    static final String TOOLS = "highwater.lab.tools";

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private DemoProcess(Process process) {
        this.process = process;
        this.input = process.outputWriter();
        Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(lines::add));
    }

    /** @param tools the folder of the servers that do not come with the program */
    static DemoProcess start(Path temporaryFolder, String tools) throws IOException {
        return new DemoProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + temporaryFolder,
                        "-D" + TOOLS + "=" + tools,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "demo")
                .redirectErrorStream(true)
                .start());
    }

    void say(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** Returns when it prints such a line; those before it are gone. */
    void awaitLine(Predicate<String> expected) throws InterruptedException {
        var seen = new ArrayList<String>();
        for (long end = System.nanoTime() + LIMIT_NANOS; System.nanoTime() < end; ) {
            var line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line != null) {
                seen.add(line);
                if (expected.test(line)) {
                    return;
                }
            }
        }
        fail("no such line, but:\n" + String.join("\n", seen));
    }

    /** All that it has started, and what those have. */
    List<ProcessHandle> servers() {
        return process.descendants().toList();
    }

    /** As Ctrl-C and service managers do; {@link Process#destroy} would close its output, too. */
    void terminate() {
        process.toHandle().destroy();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor(LIMIT_NANOS, TimeUnit.NANOSECONDS) ? process.exitValue() : fail("it does not end");
    }

    /** A zombie does not run: it waits for an init that may be slow. */
    static boolean runs(ProcessHandle handle) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it the gentle way first, since only it knows what it has started. */
    @Override
    public void close() {
        terminate();
        try {
            if (!process.waitFor(LIMIT_NANOS, TimeUnit.NANOSECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
