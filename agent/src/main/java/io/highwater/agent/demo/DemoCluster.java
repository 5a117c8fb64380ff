// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.lab.LabException;
import io.highwater.lab.PostgresBinaries;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.Writer;
import java.util.List;
import java.util.stream.Collectors;

/** The demo's Postgres: a primary that is written to and a standby, and what may be done to them. */
final class DemoCluster implements AutoCloseable {

    static final String USER = "highwater";
    private static final int ROWS_PER_SECOND = 20;

    private final PostgresCluster servers;
    private final Writer writer;

    private DemoCluster(PostgresCluster servers, Writer writer) {
        this.servers = servers;
        this.writer = writer;
    }

    /** Returns when the standby streams; throws {@link LabException}, and then nothing is left running. */
    static DemoCluster start(String password) {
        var servers = PostgresCluster.of(PostgresBinaries.newest().major()).start();
        try {
            servers.createMonitor(USER, password);
            return new DemoCluster(servers, Writer.start(servers.primary(), "orders", ROWS_PER_SECOND));
        } catch (LabException e) {
            servers.close();
            throw e;
        }
    }

    List<String> names() {
        return servers.nodes().stream().map(PostgresServer::name).toList();
    }

    /** As a configuration has them: {@code pg-1: "127.0.0.1:15432", pg-2: …}. */
    String nodes() {
        return servers.nodes().stream()
                .map(node -> node.name() + ": \"127.0.0.1:" + node.port() + "\"")
                .collect(Collectors.joining(", "));
    }

    int major() {
        return servers.primary().major();
    }

    /** Says what it did; {@link LabException} says why it could not. */
    String act(Action action) {
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
            case QUIT -> "";
        };
    }

    private String failOver(PostgresServer standby) {
        servers.promote(standby);
        writer.target(standby);
        return standby.name() + " is promoted, and applications write to it";
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
