// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import java.time.Duration;
import java.util.List;

/** What can happen to MinIO, and to a store of which only its clients know. */
final class MinioDrills {

    /** The agent asks every two seconds, and gives a server two. */
    private static final Duration HEALTH = Duration.ofSeconds(4);

    /** MinIO says it so much later that it cannot read. */
    private static final Duration READS = HEALTH.plusSeconds(12);

    static final List<Drill<MinioStack>> ALL = List.of(
            Drill.<MinioStack>of(
                            "MinioWritesRefused",
                            "drives are taken away until writes stop, and reads go on",
                            HEALTH,
                            stack -> stack.servers().makeReadOnly(),
                            stack -> stack.servers().giveBackDrives())
                    .ages(),
            Drill.of(
                    "MinioReadsRefused",
                    "three of four servers are killed",
                    READS,
                    stack -> stack.kill(3),
                    MinioStack::startAll),
            Drill.<MinioStack>quiet(
                            "MinIO: a server is lost",
                            "one of four servers is killed",
                            stack -> stack.kill(1),
                            MinioStack::startAll)
                    .tickets("MinioNodeDown"));

    static final List<Drill<StoreStack>> OF_CLIENTS = List.of(Drill.<StoreStack>of(
                    "S3Down",
                    "the store's only server is killed",
                    HEALTH,
                    stack -> stack.server().kill(),
                    StoreStack::restart)
            .ages());

    private MinioDrills() {}
}
