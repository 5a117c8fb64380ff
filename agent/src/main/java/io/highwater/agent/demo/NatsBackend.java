// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.lab.LabException;
import io.highwater.lab.NatsBinaries;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsServer;
import io.highwater.lab.NatsUser;
import io.highwater.lab.NatsWorker;
import io.highwater.lab.NatsWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Three NATS servers with a stream, a client that publishes to it, and one that consumes it. */
final class NatsBackend implements Backend {

    private static final String SECRET = "jetstream-password";
    private static final String STREAM = "ORDERS";
    private static final String CONSUMER = "billing";
    private static final int MESSAGES_PER_SECOND = 20;

    private final NatsCluster servers;
    private final NatsWriter writer;
    private final NatsWorker worker;

    private NatsBackend(NatsCluster servers, NatsWriter writer, NatsWorker worker) {
        this.servers = servers;
        this.writer = writer;
        this.worker = worker;
    }

    /** Returns when all servers run; throws {@link LabException}, and then nothing is left running. */
    static NatsBackend start() {
        var servers = NatsCluster.of(NatsBinaries.newest().version()).start();
        try {
            servers.client().createStream(STREAM, servers.nodes().size());
            var worker = NatsWorker.start(servers, STREAM, CONSUMER);
            return new NatsBackend(servers, NatsWriter.start(servers, STREAM + ".new", MESSAGES_PER_SECOND), worker);
        } catch (LabException e) {
            servers.close();
            throw e;
        }
    }

    @Override
    public String component() {
        return "jetstream";
    }

    @Override
    public String title() {
        return "NATS " + servers.nodes().getFirst().version();
    }

    @Override
    public List<String> settings() {
        return List.of(
                "servers: [ " + servers.urls().stream().map(NatsBackend::quoted).collect(Collectors.joining(", "))
                        + " ]",
                "monitoring: { "
                        + servers.nodes().stream()
                                .map(node -> node.name() + ": " + quoted(node.monitoringUrl()))
                                .collect(Collectors.joining(", "))
                        + " }",
                "user: " + NatsUser.MONITOR.login(),
                "passwordFile: " + SECRET,
                "collectors: { streams: { interval: 1s }, jsz: { interval: 1s } }");
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    @Override
    public Map<String, String> secrets() {
        return Map.of(SECRET, NatsUser.MONITOR.secret());
    }

    @Override
    public Sight look(Readings now, Readings before, double seconds) {
        return StreamSight.of(
                now, servers.nodes().stream().map(NatsServer::name).toList(), STREAM, CONSUMER);
    }

    @Override
    public String act(Action action) {
        return switch (action) {
            case STOP -> {
                worker.pause();
                yield CONSUMER + " has stopped";
            }
            case GO -> {
                worker.resume();
                yield CONSUMER + " goes on";
            }
            case LEADER -> {
                var leader = servers.leader(STREAM).orElseThrow(() -> new LabException(STREAM + " has no leader"));
                leader.kill();
                yield leader.name() + " is killed, which led " + STREAM;
            }
            case UP -> {
                servers.nodes().forEach(NatsServer::start);
                yield "all servers run";
            }
            default -> throw new IllegalArgumentException(action.word());
        };
    }

    @Override
    public void close() {
        worker.close();
        writer.close();
        servers.close();
    }
}
