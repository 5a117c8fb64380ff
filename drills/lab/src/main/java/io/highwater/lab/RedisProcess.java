// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
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

    private static final int TIMEOUT_MILLIS = 5_000;

    private final String name;
    private final List<String> command;
    private final LabProcess process;
    private final int port = FreePort.next();

    /** @param settings of its file, in order; the server may write to the file itself, so it is written only here */
    RedisProcess(String name, RedisVersion version, Map<String, String> settings, String... arguments) {
        this.name = name;
        var program = version.program();
        this.process = new LabProcess(name, Account.running(program));
        var folder = process.folder();
        var lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue() + "\n")
                .collect(Collectors.joining());
        var file =
                folder.write("settings.conf", "port " + port + "\nbind 127.0.0.1\ndir " + folder.home() + "\n" + lines);
        this.command = Stream.concat(Stream.of(program.toString(), file.toString()), Stream.of(arguments))
                .toList();
    }

    /** Returns when it answers, which it also does while it loads its data; does nothing when it already runs. */
    void start() {
        if (!isRunning()) {
            process.launch(command);
            process.awaitStart("to answer", this::answers);
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
        process.stop("TERM");
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

    /** Of the newest start; 0 when it was never started. */
    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    Path home() {
        return process.folder().home();
    }

    String logTail() {
        return process.logTail();
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

    /** Kills it and deletes its folder. */
    @Override
    public void close() {
        process.close();
    }
}
