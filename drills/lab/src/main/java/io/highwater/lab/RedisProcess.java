// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A Redis server or a Sentinel as a process: its folder, its file of settings, its port, which stays the same over
 * restarts.
 */
final class RedisProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int TAIL_LINES = 20;

    private final String name;
    private final List<String> command;
    private final ServerFolder folder;
    private final int port = FreePort.next();
    private @Nullable ServerProcess process;

    /** @param settings of its file, in order; the server may write to the file itself, so it is written only here */
    RedisProcess(String name, RedisVersion version, Map<String, String> settings, String... arguments) {
        this.name = name;
        var program = version.program();
        this.folder = ServerFolder.create(name, Account.running(program));
        var lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue() + "\n")
                .collect(Collectors.joining());
        var file =
                folder.write("settings.conf", "port " + port + "\nbind 127.0.0.1\ndir " + folder.home() + "\n" + lines);
        this.command = Stream.concat(Stream.of(program.toString(), file.toString()), Stream.of(arguments))
                .toList();
        LastResort.add(this);
    }

    /** Returns when it answers, which it also does while it loads its data; does nothing when it already runs. */
    void start() {
        if (isRunning()) {
            return;
        }
        var started = ServerProcess.start(folder.account(), command, folder.home(), folder.log());
        process = started;
        Await.until(name + " to answer", START_LIMIT, () -> answers() || !started.isRunning(), this::logTail);
        if (!started.isRunning()) {
            throw new LabException(name + " ended with " + started.exitCode() + " while starting:\n" + logTail());
        }
    }

    private boolean answers() {
        try (var connection = connection(TIMEOUT_MILLIS)) {
            connection.executeCommand(() -> "PING".getBytes(US_ASCII));
            return true;
        } catch (JedisConnectionException e) {
            return false;
        } catch (JedisDataException e) {
            return true; // loading, or wants a password
        }
    }

    /** An orderly shutdown. Does nothing when it does not run. */
    void stop() {
        if (isRunning()) {
            resume();
            running().signal("TERM");
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

    /** Of the newest start; 0 when it was never started. */
    long pid() {
        return process == null ? 0 : process.pid();
    }

    int port() {
        return port;
    }

    Path home() {
        return folder.home();
    }

    String logTail() {
        return ServerProcess.tail(folder.log(), TAIL_LINES);
    }

    /** The reply to a command over a connection of its own: text, a number, null, or a list of these. */
    @Nullable
    Object command(String command, String... arguments) {
        try (var connection = connection(TIMEOUT_MILLIS)) {
            return RedisReplies.ask(connection, command, arguments);
        } catch (JedisException e) {
            throw new LabException(name + ": " + command + ": " + e.getMessage(), e);
        }
    }

    Connection connection(int timeoutMillis) {
        return new Connection(
                new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder()
                        .autoNegotiateProtocol(false)
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                        .timeoutMillis(timeoutMillis)
                        .build());
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
}
