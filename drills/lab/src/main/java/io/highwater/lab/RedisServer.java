// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One real Redis server on a free loopback port, with a temporary folder. Whoever connects may do everything, without a
 * password. What goes wrong in the lab is a {@link LabException}. Not thread-safe: one test or drill drives it.
 */
public final class RedisServer implements AutoCloseable {

    /** Nothing on disk unless asked for, and short waits, so that a drill sees in a second what takes ten by default. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "appendonly", "no",
            "repl-diskless-sync-delay", "0",
            "repl-ping-replica-period", "1",
            "save", "\"\"");

    private final String name;
    private final RedisProcess process;

    RedisServer(String name, RedisVersion version, Map<String, String> extraSettings) {
        this.name = name;
        var settings = new LinkedHashMap<>(DEFAULTS);
        settings.putAll(extraSettings);
        this.process = new RedisProcess(name, version, settings);
    }

    /** Returns when it answers; does nothing when it already runs. */
    public RedisServer start() {
        process.start();
        return this;
    }

    /** An orderly shutdown, which saves when that is set. Does nothing when it does not run. */
    public void stop() {
        process.stop();
    }

    /** As what it was, with what is on its disk. */
    public void restart() {
        stop();
        start();
    }

    /** A crash. Its port is free when this returns. */
    public void kill() {
        process.kill();
    }

    /** A hang: SIGSTOP. Connections stay, nobody answers. */
    public void pause() {
        process.pause();
    }

    public void resume() {
        process.resume();
    }

    /** Makes it a master, whatever others think. */
    public void promote() {
        command("REPLICAOF", "NO", "ONE");
    }

    /** CONFIG SET; gone after a restart. */
    public void configure(String key, String value) {
        command("CONFIG", "SET", key, value);
    }

    /** The reply to a command over a connection of its own: text, a number, null, or a list of these. */
    public @Nullable Object command(String command, String... arguments) {
        return process.command(command, arguments);
    }

    /** One field of INFO; empty when it is not there. */
    public String info(String field) {
        return RedisReplies.field(String.valueOf(command("INFO")), field);
    }

    public boolean isMaster() {
        return info("role").equals("master");
    }

    public String name() {
        return name;
    }

    public int port() {
        return process.port();
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** Where it keeps what it saves. */
    public Path dataDirectory() {
        return process.home();
    }

    /** Of the newest start; 0 when it was never started. */
    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    public String logTail() {
        return process.logTail();
    }

    RedisProcess process() {
        return process;
    }

    /** Kills it and deletes its folder. */
    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return "Redis " + name + " on port " + port();
    }
}
