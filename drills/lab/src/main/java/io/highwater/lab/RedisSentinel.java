// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One real Sentinel on a free loopback port. What it learns it keeps over restarts. */
public final class RedisSentinel implements AutoCloseable {

    private final String name;
    private final RedisProcess process;

    RedisSentinel(String name, RedisVersion version, Map<String, String> settings) {
        this.name = name;
        this.process = new RedisProcess(name, version, settings, "--sentinel");
    }

    /** Returns when it answers; does nothing when it already runs. */
    public RedisSentinel start() {
        process.start();
        return this;
    }

    /** A crash. */
    public void kill() {
        process.kill();
    }

    /** A hang: SIGSTOP. It answers nobody and votes for nobody. */
    public void pause() {
        process.pause();
    }

    public void resume() {
        process.resume();
    }

    /** The port of the master of that name, as this Sentinel knows it; 0 when it knows none. */
    public int masterPort(String masterName) {
        return command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", masterName) instanceof List<?> address
                ? Integer.parseInt(String.valueOf(address.get(1)))
                : 0;
    }

    /** The reply to a command over a connection of its own: text, a number, null, or a list of these. */
    public @Nullable Object command(String command, String... arguments) {
        return process.command(command, arguments);
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

    public boolean isRunning() {
        return process.isRunning();
    }

    public String logTail() {
        return process.logTail();
    }

    /** Kills it and deletes its folder. */
    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return "Sentinel " + name + " on port " + port();
    }
}
