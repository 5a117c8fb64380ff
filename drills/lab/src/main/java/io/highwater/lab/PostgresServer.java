// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One real Postgres server on a free loopback port, with a temporary data directory.
 *
 * <p>Its superuser is {@code postgres}, who needs no password over loopback. What goes wrong in the lab is a
 * {@link LabException}. Not thread-safe: one test or drill drives it.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(10);
    private static final int TAIL_LINES = 20;

    /** Small and quick, without fsync; short waits, so that a drill sees in a second what takes ten by default. */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("fsync", "off"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("log_line_prefix", "%m [%p] "),
            Map.entry("max_replication_slots", "10"),
            Map.entry("max_wal_senders", "10"),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("shared_buffers", "16MB"),
            Map.entry("wal_keep_size", "128MB"),
            Map.entry("wal_level", "replica"),
            Map.entry("wal_receiver_status_interval", "1s"),
            Map.entry("wal_retrieve_retry_interval", "200ms"));

    private final String name;
    private final PostgresBinaries binaries;
    private final Map<String, String> settings;
    private final DataDirectory directory;
    private final int port = FreePort.next();
    private final Superuser superuser;
    private @Nullable ServerProcess process;

    PostgresServer(String name, PostgresBinaries binaries, Map<String, String> extraSettings) {
        this.name = name;
        this.binaries = binaries;
        this.superuser = new Superuser(name, port);
        this.directory = DataDirectory.create(name);
        this.settings = new LinkedHashMap<>(DEFAULTS);
        settings.put("cluster_name", name);
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", directory.home().toString());
        settings.putAll(extraSettings);
        LastResort.add(this);
    }

    public static ServerPlan of(int major) {
        return new ServerPlan(major, "pg-1", Map.of());
    }

    /** Makes an empty database. */
    void initialize() {
        var initdb = ServerProcess.start(
                List.of(
                        binaries.program("initdb").toString(),
                        "--pgdata=" + directory.data(),
                        "--username=" + Superuser.NAME,
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync"),
                directory.home(),
                directory.log());
        if (!initdb.awaitExit(START_LIMIT) || initdb.exitCode() != 0) {
            initdb.kill();
            throw new LabException("initdb of " + name + " failed:\n" + logTail());
        }
    }

    /** Returns when the server accepts connections; does nothing when it already runs. */
    public PostgresServer start() {
        if (isRunning()) {
            return this;
        }
        directory.configure(settings);
        var started = ServerProcess.start(
                List.of(
                        binaries.program("postgres").toString(),
                        "-D",
                        directory.data().toString()),
                directory.home(),
                directory.log());
        process = started;
        Await.until(
                name + " to accept connections",
                START_LIMIT,
                () -> directory.isReady(started.pid()) || !started.isRunning(),
                this::logTail);
        if (!started.isRunning()) {
            throw new LabException(name + " ended with " + started.exitCode() + " while starting:\n" + logTail());
        }
        return this;
    }

    /**
     * A fast shutdown: sessions are ended, a primary waits until its standbys have everything. Does nothing when it does
     * not run.
     */
    public void stop() {
        if (isRunning()) {
            resume();
            running().signal("INT");
            if (!running().awaitExit(STOP_LIMIT)) {
                throw new LabException(name + " did not stop in " + STOP_LIMIT.toSeconds() + " s:\n" + logTail());
            }
        }
    }

    public void restart() {
        stop();
        start();
    }

    /** A crash: the server and all its children get SIGKILL. Its port is free when this returns. */
    public void kill() {
        if (process != null) {
            process.kill();
        }
    }

    /** A hang: the server and all its children get SIGSTOP. Connections stay, nobody answers. */
    public void pause() {
        running().pause();
    }

    public void resume() {
        running().resume();
    }

    /** Makes a standby a primary; returns when it is one. */
    public void promote() {
        if (!value("SELECT pg_promote(true, 60)").equals("t")) {
            throw new LabException(name + " was not promoted:\n" + logTail());
        }
    }

    /** Changes a setting that needs no restart; returns when new sessions see it. When stopped, it counts from the start. */
    public void configure(String key, String value) {
        settings.put(key, value);
        directory.configure(settings);
        if (isRunning()) {
            var before = value("SELECT pg_conf_load_time()");
            running().signal("HUP");
            Await.until(
                    name + " to reload its settings",
                    RELOAD_LIMIT,
                    () -> !value("SELECT pg_conf_load_time()").equals(before),
                    this::logTail);
        }
    }

    /** A role that may log in and read statistics, nothing else: what Highwater's documentation asks for. */
    public void createMonitor(String user, String password) {
        superuser.createMonitor(user, password);
    }

    /** Runs one statement as superuser in a session of its own. */
    public void execute(String sql) {
        superuser.execute(sql);
    }

    /** The first column of the first row as text, empty when it is NULL or there is no row. */
    public String value(String sql) {
        return superuser.value(sql);
    }

    /** A session of the superuser in the database postgres. */
    public Connection connection() throws SQLException {
        return superuser.connection();
    }

    /** A session in the database postgres that gives up after 5 s of connecting and 30 s without an answer. */
    public Connection connection(String user, String password) throws SQLException {
        return superuser.connection(user, password);
    }

    public String name() {
        return name;
    }

    /** The major version. */
    public int major() {
        return binaries.major();
    }

    public int port() {
        return port;
    }

    public String jdbcUrl(String database) {
        return superuser.url(database);
    }

    public Path dataDirectory() {
        return directory.data();
    }

    /** Of the newest start; 0 when it was never started. */
    public long pid() {
        return process == null ? 0 : process.pid();
    }

    public boolean isRunning() {
        return process != null && process.isRunning();
    }

    public String logTail() {
        return ServerProcess.tail(directory.log(), TAIL_LINES);
    }

    DataDirectory directory() {
        return directory;
    }

    private ServerProcess running() {
        if (process == null || !process.isRunning()) {
            throw new LabException(name + " does not run:\n" + logTail());
        }
        return process;
    }

    /** Kills the server and deletes its folder. */
    @Override
    public void close() {
        kill();
        directory.delete();
        LastResort.remove(this);
    }

    @Override
    public String toString() {
        return "Postgres " + major() + " " + name + " on port " + port;
    }
}
