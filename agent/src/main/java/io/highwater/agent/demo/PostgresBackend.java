// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.lab.LabException;
import io.highwater.lab.PostgresBinaries;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.Writer;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A Postgres primary that is written to, and a standby. */
final class PostgresBackend implements Backend {

    private static final String SECRET = "postgres-password";
    static final String USER = "highwater"; // whom the agent takes when nobody is named
    private static final int ROWS_PER_SECOND = 20;

    private final PostgresCluster servers;
    private final Writer writer;
    private final String password;
    private final List<Consumer<PostgresServer>> clients = new CopyOnWriteArrayList<>();

    private PostgresBackend(PostgresCluster servers, Writer writer, String password) {
        this.servers = servers;
        this.writer = writer;
        this.password = password;
        clients.add(writer::target);
    }

    /** Returns when the standby streams; throws {@link LabException}, and then nothing is left running. */
    static PostgresBackend start() {
        var servers = PostgresCluster.of(PostgresBinaries.newest().major()).start();
        try {
            var password = new BigInteger(128, new SecureRandom()).toString(36);
            servers.createMonitor(USER, password);
            return new PostgresBackend(servers, Writer.start(servers.primary(), "orders", ROWS_PER_SECOND), password);
        } catch (LabException e) {
            servers.close();
            throw e;
        }
    }

    PostgresServer primary() {
        return servers.primary();
    }

    /** Tells a client of a new primary to write to. */
    void onPromotion(Consumer<PostgresServer> client) {
        clients.add(client);
    }

    @Override
    public String component() {
        return "postgres";
    }

    @Override
    public String title() {
        return "Postgres " + servers.primary().major();
    }

    @Override
    public List<String> settings() {
        var nodes = servers.nodes().stream()
                .map(node -> node.name() + ": \"127.0.0.1:" + node.port() + "\"")
                .collect(Collectors.joining(", "));
        return List.of("nodes: { " + nodes + " }", "passwordFile: " + SECRET);
    }

    @Override
    public Map<String, String> secrets() {
        return Map.of(SECRET, password);
    }

    @Override
    public Sight look(Readings now, Readings before, double seconds) {
        var names = servers.nodes().stream().map(PostgresServer::name).toList();
        return ReplicationSight.of(ReplicationSight.POSTGRES, names, now, before, seconds);
    }

    @Override
    public String act(Action action) {
        return switch (action) {
            case CUT -> {
                servers.cut(servers.standby());
                yield servers.standby().name() + " is cut off from the primary";
            }
            case HEAL -> {
                servers.heal(servers.standby());
                yield servers.standby().name() + " reaches the primary again";
            }
            case PAUSE -> {
                servers.standby().execute("SELECT pg_wal_replay_pause()");
                yield servers.standby().name() + " receives, but replays nothing";
            }
            case RESUME -> {
                servers.standby().execute("SELECT pg_wal_replay_resume()");
                yield servers.standby().name() + " replays again";
            }
            case KILL -> {
                servers.primary().kill();
                yield servers.primary().name() + " is killed";
            }
            case FAILOVER -> failOver(servers.standby());
            case BACK -> bringBack();
            default -> throw new IllegalArgumentException(action.word());
        };
    }

    private String failOver(PostgresServer standby) {
        servers.promote(standby);
        clients.forEach(client -> client.accept(standby));
        return standby.name() + " is promoted, and clients write to it";
    }

    /** The primary as it was, or after a failover the old one as a standby of the new one. */
    private String bringBack() {
        if (!servers.primary().isRunning()) {
            servers.primary().start();
            return servers.primary().name() + " is back";
        }
        var old = servers.standby();
        servers.rebuild(old, servers.primary());
        return old.name() + " is a new copy of " + servers.primary().name();
    }

    @Override
    public void close() {
        writer.close();
        servers.close();
    }
}
