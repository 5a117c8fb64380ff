// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.jetstream.Advisories.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdvisoriesTest {

    private final AtomicInteger woken = new AtomicInteger();
    private final Advisories advisories = new Advisories(woken::incrementAndGet);

    private void take(String subject) {
        take(subject, "{}");
    }

    private void take(String subject, String message) {
        advisories.take("$JS.EVENT.ADVISORY." + subject, message.getBytes(StandardCharsets.UTF_8));
    }

    private void giveUp(long sequence) {
        take(
                "CONSUMER.MAX_DELIVERIES.ORDERS.worker",
                "{\"type\": \"io.nats.jetstream.advisory.v1.max_deliver\", \"stream_seq\": " + sequence + "}");
    }

    @Test
    void areCountedByTypeAndStream() {
        take("STREAM.CREATED.ORDERS");
        take("STREAM.LEADER_ELECTED.ORDERS");
        take("STREAM.LEADER_ELECTED.ORDERS");
        take("CONSUMER.LEADER_ELECTED.ORDERS.worker");
        take("API.LIMIT_REACHED");
        assertThat(advisories.counts())
                .isEqualTo(Map.of(
                        new Kind("stream_created", "ORDERS"), 1L,
                        new Kind("stream_leader_elected", "ORDERS"), 2L,
                        new Kind("consumer_leader_elected", "ORDERS"), 1L,
                        new Kind("api_limit_reached", ""), 1L));
    }

    @Test
    void aChangeWakesOnceUntilItIsTaken() {
        take("STREAM.CREATED.ORDERS");
        take("STREAM.LEADER_ELECTED.ORDERS");
        assertThat(woken).hasValue(1);
        assertThat(advisories.takeChanged()).containsExactly("ORDERS");
        assertThat(advisories.takeChanged()).isEmpty();
        take("STREAM.DELETED.ORDERS");
        assertThat(woken).hasValue(2);
    }

    @Test
    void whatChangesNothingWakesNobody() {
        take("STREAM.SNAPSHOT_CREATE.ORDERS");
        take("API.LIMIT_REACHED");
        take("NONSENSE");
        assertThat(woken).hasValue(0);
        assertThat(advisories.takeChanged()).isEmpty();
    }

    @Test
    void messagesThatWereGivenUpAreSteppedOver() {
        advisories.listens();
        giveUp(5);
        giveUp(6);
        giveUp(8);
        assertThat(advisories.nextKept("ORDERS/worker", 4)).isEqualTo(7);
        assertThat(advisories.nextKept("ORDERS/worker", 7)).isEqualTo(9);
        assertThat(advisories.nextKept("ORDERS/other", 4)).isEqualTo(5);
        assertThat(advisories.givenUpCounts()).isEqualTo(Map.of("ORDERS/worker", 3L));
    }

    @Test
    void aGenerationEndsWhenSomethingMayHaveBeenMissed() {
        assertThat(advisories.generation()).isNegative();
        advisories.listens();
        int first = advisories.generation();
        giveUp(5);
        assertThat(advisories.generation()).isEqualTo(first);
        advisories.isDeaf();
        assertThat(advisories.generation()).isNegative();
        advisories.listens();
        assertThat(advisories.generation()).isNotNegative().isNotEqualTo(first);
    }

    @Test
    void anAdvisoryThatCannotBeReadIsCountedAndEndsTheGeneration() {
        advisories.listens();
        int before = advisories.generation();
        take("CONSUMER.MAX_DELIVERIES.ORDERS.worker", "half {");
        assertThat(advisories.generation()).isNotEqualTo(before);
        assertThat(advisories.givenUpCounts()).isEqualTo(Map.of("ORDERS/worker", 1L));
    }

    @Test
    void tooManyAreForgottenAndEndTheGeneration() {
        advisories.listens();
        int before = advisories.generation();
        for (int sequence = 1; sequence <= 10_001; sequence++) {
            giveUp(sequence);
        }
        assertThat(advisories.generation()).isNotEqualTo(before);
        assertThat(advisories.nextKept("ORDERS/worker", 0)).isEqualTo(1);
        assertThat(advisories.givenUpCounts()).isEqualTo(Map.of("ORDERS/worker", 10_001L));
    }

    @Test
    void streamsThatAreGoneAreForgotten() {
        advisories.listens();
        giveUp(5);
        take("STREAM.CREATED.ORDERS");
        take("STREAM.CREATED.KEPT");
        take("API.LIMIT_REACHED");
        advisories.keep("KEPT"::equals);
        assertThat(advisories.counts())
                .containsOnlyKeys(new Kind("stream_created", "KEPT"), new Kind("api_limit_reached", ""));
        assertThat(advisories.givenUpCounts()).isEmpty();
        assertThat(advisories.nextKept("ORDERS/worker", 4)).isEqualTo(5);
    }
}
