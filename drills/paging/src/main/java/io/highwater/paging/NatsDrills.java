// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import java.time.Duration;
import java.util.List;

/** What can happen to NATS. */
final class NatsDrills {

    /** The agent asks every two seconds, and gives a server two. */
    private static final Duration HEALTH = Duration.ofSeconds(4);

    private static final Duration STREAMS = Duration.ofSeconds(10);

    static final Drill<NatsStack> QUORUM_LOST = Drill.<NatsStack>of(
                    "NatsQuorumLost",
                    "two of three servers are killed",
                    HEALTH,
                    stack -> stack.killWithLeader(2),
                    stack -> stack.servers().start())
            .ages();

    static final List<Drill<NatsStack>> ALL = List.of(
            QUORUM_LOST,
            Drill.<NatsStack>of(
                            "NatsStreamWithoutLeader",
                            "the only server of a stream is killed",
                            STREAMS,
                            NatsStack::killSingleStream,
                            NatsStack::deleteSingleStream)
                    .prepare(NatsStack::createSingleStream),
            Drill.<NatsStack>of(
                            "NatsConsumerWithoutLeader",
                            "the only server of a consumer is killed",
                            STREAMS,
                            NatsStack::killLonelyConsumer,
                            NatsStack::deleteLonelyConsumer)
                    .prepare(NatsStack::createLonelyConsumer),
            Drill.<NatsStack>of(
                            "NatsConsumerStuck",
                            "the consumer's only worker stops, messages come",
                            STREAMS,
                            stack -> stack.worker().pause(),
                            stack -> stack.worker().resume())
                    .ages(),
            Drill.<NatsStack>quiet(
                            "NATS: a server is lost",
                            "one of three servers is killed, which led JetStream",
                            stack -> stack.killWithLeader(1),
                            stack -> stack.servers().start())
                    .tickets("NatsServerDown", "NatsStreamDegraded", "RedundancyLost"));

    private NatsDrills() {}
}
