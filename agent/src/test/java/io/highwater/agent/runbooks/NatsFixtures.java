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
    private final NatsServer first;
    private final NatsServer second;
    private final NatsServer survivor;
    private long givenUp;

    NatsFixtures() {
        for (var cluster : List.of(sick, failing)) {
            cluster.client().createStream("ORDERS", 3);
            cluster.client().createConsumer("ORDERS", "billing");
            cluster.client().publish("ORDERS.new", 5);
        }
        failing.client().createConsumer("ORDERS", alone());
        first = failing.awaitLeader("ORDERS", "alone");
        second = failing.others(first).getFirst();
        survivor = failing.others(first).getLast();
    }

    /** On one server only. */
    private static ConsumerConfiguration alone() {
        return ConsumerConfiguration.builder()
                .durable("alone")
                .ackPolicy(AckPolicy.Explicit)
                .numReplicas(1)
                .build();
    }

    /** A message that was tried as often as it may be: it is given up when it would be delivered once more. */
    private void giveUp() {
        sick.client()
                .createConsumer(
                        "ORDERS",
                        ConsumerConfiguration.builder()
                                .durable("mails")
                                .filterSubject("ORDERS.poison")
                                .ackPolicy(AckPolicy.Explicit)
                                .ackWait(Duration.ofMillis(500))
                                .maxDeliver(2)
                                .build());
        givenUp = sick.client().publish("ORDERS.poison", "poison").getSeqno();
        for (int i = 0; i < 3; i++) {
            sick.client().fetch("ORDERS", "mails", 1);
        }
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
        var any = sick.nodes().getFirst();
        return List.of(
                Fixture.of("nats", () -> of("bus", any, NatsUser.APP, "billing")),
                Fixture.of("nats-system", () -> of("bus", any, NatsUser.SYSTEM, "billing")),
                new Fixture("nats-given-up", this::giveUp, () -> of("bus", any, NatsUser.APP, "mails")),
                new Fixture("nats-server-down", first::kill, () -> of("events", survivor, NatsUser.APP, "alone")),
                Fixture.of("nats-server-down-system", () -> of("events", survivor, NatsUser.SYSTEM, "alone")),
                new Fixture("nats-without-quorum", second::kill, () -> of("events", survivor, NatsUser.APP, "billing")),
                Fixture.of("nats-without-quorum-system", () -> of("events", survivor, NatsUser.SYSTEM, "billing")));
    }

    private Map<String, String> of(String cluster, NatsServer server, NatsUser user, String consumer) {
        return Map.of(
                "CLUSTER", cluster,
                "NODE", first.name(),
                "STREAM", "ORDERS",
                "CONSUMER", consumer,
                "SEQUENCE", Long.toString(givenUp),
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
