// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.runbooks;

import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsServer;
import io.highwater.lab.NatsUser;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A cluster whose consumers have troubles, and one whose servers die one after the other. */
final class NatsFixtures implements Fixtures {

    private final NatsCluster sick = NatsCluster.newest().start();
    private final NatsCluster failing = NatsCluster.newest().start();

    NatsFixtures() {
        for (var cluster : List.of(sick, failing)) {
            cluster.client().createStream("ORDERS", 3);
            cluster.client().createConsumer("ORDERS", "billing");
            cluster.client().publish("ORDERS.new", 5);
        }
        sick.client()
                .createConsumer(
                        "ORDERS",
                        ConsumerConfiguration.builder()
                                .durable("mails")
                                .ackPolicy(AckPolicy.Explicit)
                                .ackWait(Duration.ofSeconds(1))
                                .maxDeliver(1)
                                .build());
        sick.client().fetch("ORDERS", "mails", 2);
    }

    @Override
    public String clusters() {
        return cluster("bus", sick) + cluster("events", failing);
    }

    private static String cluster(String name, NatsCluster nats) {
        return """
                  %s:
                    level: L3
                    jetstream:
                      servers: [ %s ]
                      monitoring: { %s }
                      user: %s
                      passwordEnv: NATS_MONITOR_PASSWORD
                """.formatted(
                name,
                String.join(
                        ", ", nats.urls().stream().map(url -> '"' + url + '"').toList()),
                String.join(
                        ", ",
                        nats.nodes().stream()
                                .map(node -> node.name() + ": \"" + node.monitoringUrl() + "\"")
                                .toList()),
                NatsUser.MONITOR.login());
    }

    @Override
    public List<Fixture> all() {
        var survivor = failing.node("nats-3");
        return List.of(
                Fixture.of("nats", () -> of("bus", sick.nodes().getFirst(), NatsUser.APP, "billing")),
                Fixture.of("nats-given-up", () -> of("bus", sick.nodes().getFirst(), NatsUser.APP, "mails")),
                Fixture.of("nats-system", () -> of("bus", sick.nodes().getFirst(), NatsUser.SYSTEM, "billing")),
                new Fixture(
                        "nats-server-down",
                        failing.node("nats-1")::kill,
                        () -> of("events", survivor, NatsUser.APP, "billing")),
                Fixture.of("nats-server-down-system", () -> of("events", survivor, NatsUser.SYSTEM, "billing")),
                new Fixture(
                        "nats-without-quorum",
                        failing.node("nats-2")::kill,
                        () -> of("events", survivor, NatsUser.APP, "billing")),
                Fixture.of("nats-without-quorum-system", () -> of("events", survivor, NatsUser.SYSTEM, "billing")));
    }

    private static Map<String, String> of(String cluster, NatsServer server, NatsUser user, String consumer) {
        return Map.of(
                "CLUSTER", cluster,
                "NODE", "nats-1",
                "STREAM", "ORDERS",
                "CONSUMER", consumer,
                "NATS_URL", server.url(),
                "NATS_USER", user.login(),
                "NATS_PASSWORD", user.secret(),
                "NATS_MONITOR", server.monitoringUrl());
    }

    @Override
    public void close() {
        sick.close();
        failing.close();
    }
}
