// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.exporters.jetstream.Specimens.consumer;
import static io.highwater.exporters.jetstream.Specimens.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OldestPendingTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Advisories advisories = new Advisories(() -> {});
    private final OldestPending oldest = new OldestPending(advisories);

    /** Each message was stored as many seconds ago as its sequence says, so that an age tells which one was taken. */
    private static final OldestPending.Messages AGED =
            (_, sequence, _) -> Optional.of(Specimens.NOW.minusSeconds(sequence));

    private OptionalDouble oldest(ConsumerState consumer) {
        return oldest.oldestSeconds(stream(100, 0), consumer, AGED);
    }

    private void giveUp(long sequence) {
        advisories.take(
                "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.ORDERS.worker",
                ("{\"stream_seq\": " + sequence + "}").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void withoutWorkItIsZero() {
        assertThat(oldest(consumer(-1, 100, 100, 0, 0, 0))).hasValue(0);
    }

    @Test
    void withoutDeliveriesItIsTheFirstMessageThatWasNotDelivered() {
        assertThat(oldest(consumer(-1, 40, 40, 60, 0, 0))).hasValue(41);
    }

    @Test
    void withoutMaxDeliverItIsTheFirstAfterTheAckFloor() {
        assertThat(oldest(consumer(-1, 40, 50, 50, 10, 3))).hasValue(41);
    }

    @Test
    void withMaxDeliverAndNothingRedeliveredItIsTheSame() {
        assertThat(oldest(consumer(2, 40, 50, 50, 10, 0))).hasValue(41);
    }

    @Test
    void whatWasGivenUpBeforeTheAgentCameIsNotTakenForWork() {
        // Three were given up between 10 and 50, and the floor stays at 10 for ever; nothing is being worked on.
        assertThat(oldest(consumer(2, 10, 50, 50, 0, 3))).hasValue(51);
        assertThat(oldest(consumer(2, 10, 60, 40, 10, 3))).as("since then").hasValue(51);
    }

    @Test
    void whetherOneWasGivenUpOrIsWorkedOnIsUnknownWithoutABeginning() {
        assertThat(oldest(consumer(2, 10, 50, 50, 5, 3))).isEmpty();
    }

    @Test
    void whatIsGivenUpWhileTheAgentListensIsSteppedOver() {
        advisories.listens();
        oldest(consumer(2, 50, 50, 50, 0, 0));
        giveUp(51);
        giveUp(52);
        assertThat(oldest(consumer(2, 50, 60, 40, 8, 2))).hasValue(53);
    }

    @Test
    void whatIsGivenUpWhileNobodyListensMakesItUnknown() {
        oldest(consumer(2, 50, 50, 50, 0, 0));
        assertThat(oldest(consumer(2, 50, 60, 40, 8, 2))).isEmpty();
    }

    @Test
    void afterAGapInListeningItIsUnknownUntilAllIsSettled() {
        advisories.listens();
        oldest(consumer(2, 50, 50, 50, 0, 0));
        advisories.isDeaf();
        advisories.listens();
        assertThat(oldest(consumer(2, 50, 60, 40, 8, 2))).isEmpty();
        assertThat(oldest(consumer(2, 50, 60, 40, 0, 2))).hasValue(61);
        assertThat(oldest(consumer(2, 50, 70, 30, 5, 2))).hasValue(61);
    }

    @Test
    void messagesThatWereGivenUpNeverMakeItGrow() {
        advisories.listens();
        oldest(consumer(1, 50, 50, 50, 0, 0));
        for (int sequence = 51; sequence <= 98; sequence++) {
            giveUp(sequence);
            var consumer = consumer(1, 50, sequence + 1, 100 - sequence - 1, 1, sequence - 50);
            assertThat(oldest(consumer)).hasValue(sequence + 1);
        }
    }

    @Test
    void aYoungAgeComesFromTheStreamsPositionsAndAsksNobody() {
        OldestPending.Messages nobody = (_, _, _) -> {
            throw new AssertionError("asked");
        };
        oldest.see(stream(100, 0));
        oldest.see(stream(110, 10 * SECOND));
        var now = stream(120, 20 * SECOND);
        oldest.see(now);
        var age = oldest.oldestSeconds(now, consumer(-1, 105, 105, 15, 0, 0), nobody);
        assertThat(age.orElseThrow()).isCloseTo(15, within(1.1));
    }

    @Test
    void theEndsOfTheStreamTellTheirOwnTimes() {
        var none = OldestPending.Messages.NONE;
        assertThat(oldest.oldestSeconds(stream(100, 0), consumer(-1, 0, 0, 100, 0, 0), none))
                .hasValue(3600);
        assertThat(oldest.oldestSeconds(stream(100, 0), consumer(-1, 99, 99, 1, 0, 0), none))
                .hasValue(5);
        assertThat(oldest.oldestSeconds(stream(100, 0), consumer(-1, 50, 50, 50, 0, 0), none))
                .as("neither end, never seen, nobody to ask")
                .isEmpty();
    }

    @Test
    void aConsumerThatIsGoneLeavesNothingBehind() {
        oldest(consumer(2, 10, 50, 50, 0, 3));
        oldest.keep(Set.of("APP/ORDERS"), Set.of());
        assertThat(oldest(consumer(2, 10, 50, 50, 5, 3))).isEmpty();
    }
}
