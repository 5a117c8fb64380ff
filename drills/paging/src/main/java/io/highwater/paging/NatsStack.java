// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import static java.util.stream.Collectors.joining;

import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsUser;
import io.highwater.lab.NatsWorker;
import io.highwater.lab.NatsWriter;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import java.util.List;

/** Three NATS servers with a stream on all of them, a client that publishes, and a consumer with a worker. */
final class NatsStack implements Stack {

    private static final String STREAM = "ORDERS";
    private static final String LONELY = "lonely";
    private static final String SINGLE = "SINGLE";
    private static final int MESSAGES_PER_SECOND = 20;

    private final NatsCluster servers = NatsCluster.newest().start();
    private final NatsWriter writer;
    private final NatsWorker worker;

    NatsStack() {
        servers.client().createStream(STREAM, 3);
        writer = NatsWriter.start(servers, STREAM + ".new", MESSAGES_PER_SECOND);
        worker = NatsWorker.start(servers, STREAM, "billing");
    }

    NatsCluster servers() {
        return servers;
    }

    NatsWorker worker() {
        return worker;
    }

    /** Kills so many servers, of which one leads JetStream. */
    void killWithLeader(int count) {
        var leader = servers.awaitMetaLeader();
        servers.others(leader).stream().limit(count - 1).forEach(server -> server.kill());
        leader.kill();
    }

    void createSingleStream() {
        servers.client().createStream(SINGLE, 1);
        servers.client().publish(SINGLE + ".first", "1");
    }

    void killSingleStream() {
        servers.awaitLeader(SINGLE).kill();
    }

    void deleteSingleStream() {
        servers.start();
        servers.awaitLeader(SINGLE);
        servers.client().deleteStream(SINGLE);
    }

    void createLonelyConsumer() {
        servers.client()
                .createConsumer(
                        STREAM,
                        ConsumerConfiguration.builder()
                                .durable(LONELY)
                                .ackPolicy(AckPolicy.Explicit)
                                .filterSubject(STREAM + ".none") // or it would be stuck: nobody takes its messages
                                .numReplicas(1)
                                .build());
    }

    void killLonelyConsumer() {
        servers.awaitLeader(STREAM, LONELY).kill();
    }

    void deleteLonelyConsumer() {
        servers.start();
        servers.awaitLeader(STREAM, LONELY);
        servers.client().deleteConsumer(STREAM, LONELY);
    }

    @Override
    public List<String> components() {
        var urls = servers.urls().stream().map(url -> '"' + url + '"').collect(joining(", "));
        var ports = servers.nodes().stream()
                .map(node -> node.name() + ": \"" + node.monitoringUrl() + '"')
                .collect(joining(", "));
        return List.of(
                "jetstream:",
                "  servers: [" + urls + "]",
                "  monitoring: { " + ports + " }",
                "  user: " + NatsUser.MONITOR.login(),
                "  passwordEnv: DRILL_NATS");
    }

    @Override
    public void close() {
        worker.close();
        writer.close();
        servers.close();
    }
}
