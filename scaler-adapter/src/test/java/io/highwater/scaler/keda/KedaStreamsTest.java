// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.highwater.lab.KedaProgram;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KedaStreamsTest {

    private static final Map<String, String> LAG = Map.of("metric", "lag", "target", "10");
    private static final String ACTIVE = "StreamIsActive";
    private static final String SPEC = "StreamMetricSpec";

    private final Serving serving = new Serving(Optional.empty(), Duration.ofHours(1));
    private final Gauge lag = serving.metrics.add("lag");
    private final KedaClient client = serving.client();

    @AfterEach
    void end() {
        client.close();
        serving.close();
    }

    @Test
    void tellsTheStateAtOnceAndEveryChange() {
        lag.set(0);

        var stream = client.open(ACTIVE, LAG);

        await().until(() -> stream.messages.get() == 1 && !stream.active());
        lag.set(3);
        await().until(() -> stream.messages.get() == 2 && stream.active());
        lag.set(4); // still active
        lag.set(0);
        await().until(() -> stream.messages.get() == 3 && !stream.active());
    }

    @Test
    void whatIsNotKnownChangesNothing() {
        lag.set(3);
        var stream = client.open(ACTIVE, LAG);
        await().until(() -> stream.messages.get() == 1);

        lag.lose("the bus is silent");
        lag.set(3);
        lag.set(0);

        await().until(() -> stream.messages.get() == 2 && !stream.active());
        assertThat(stream.ended).hasNullValue();
    }

    @Test
    void aStreamMayBeOpenedBeforeAnythingIsKnown() {
        var stream = client.open(ACTIVE, LAG);
        await().until(() -> serving.streams(ACTIVE) == 1);

        lag.set(3);

        await().until(() -> stream.messages.get() == 1 && stream.active());
    }

    @Test
    void aThresholdIsSeenWithoutAnEvent() {
        lag.set(1);
        var stream = client.open(ACTIVE, Map.of("metric", "lag", "target", "10", "activationTarget", "5"));
        await().until(() -> stream.messages.get() == 1 && !stream.active());

        lag.setQuietly(6);

        await().until(() -> stream.messages.get() == 2 && stream.active());
    }

    @Test
    void targetsAreToldWhenTheyChange() {
        lag.target(10);

        var stream = client.open(SPEC, Map.of("metric", "lag"));
        await().until(() -> stream.messages.get() == 1);
        var before = stream.last.get();
        lag.target(20);

        await().until(() -> stream.messages.get() == 2);
        assertThat(stream.last.get()).isNotEqualTo(before);
        assertThat(client.ask("GetMetricSpec", KedaClient.object("shop", Map.of("metric", "lag"))))
                .isEqualTo(stream.last.get());
    }

    @Test
    void aReloadEndsTheStreamOfWhatIsGoneInGoodOrder() {
        lag.set(3);
        var stream = client.open(ACTIVE, LAG);
        await().until(() -> stream.messages.get() == 1);

        serving.metrics.remove("lag");

        await().until(() -> stream.ended.get() != null);
        assertThat(stream.ended.get().getCode()).isEqualTo(Status.Code.OK);
        assertThat(lag.listeners()).isZero();
        assertThatThrownBy(() -> client.isActive(LAG)).hasMessageStartingWith("NOT_FOUND");
        var again = client.open(ACTIVE, LAG);
        await().until(() -> again.ended.get() != null);
        assertThat(again.ended.get().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void aReloadMayPutAnotherMetricInItsPlace() {
        lag.set(0);
        var stream = client.open(ACTIVE, LAG);
        await().until(() -> stream.messages.get() == 1);

        var another = serving.metrics.add("lag");
        another.set(0);
        await().until(() -> another.listeners() == 1);
        another.set(3);

        await().until(() -> stream.messages.get() == 2 && stream.active());
        assertThat(lag.listeners()).isZero();
    }

    @Test
    void fiveHundredStreamsAreToldAndForgotten() {
        lag.set(0);
        var streams =
                IntStream.range(0, 500).mapToObj(_ -> client.open(ACTIVE, LAG)).toList();
        await().until(() -> streams.stream().allMatch(stream -> stream.messages.get() == 1));
        assertThat(serving.streams(ACTIVE)).isEqualTo(500);

        lag.set(1);

        await().until(() -> streams.stream().allMatch(KedaClient.Stream::active));
        assertThat(serving.pushes(ACTIVE)).isEqualTo(1000);
        streams.getFirst().cancel();
        await().until(() -> serving.streams(ACTIVE) == 499 && lag.listeners() == 499);
        client.close();
        await().until(() -> serving.streams(ACTIVE) == 0 && lag.listeners() == 0);
    }

    @Test
    void aReaderThatDoesNotReadHoldsUpNobodyAndGetsTheNewestInTheEnd() {
        lag.set(0);
        try (var slowClient = serving.client()) {
            var slow = slowClient.open(ACTIVE, LAG, false);
            await().until(() -> serving.pushes(ACTIVE) == 1);
            var told = new AtomicInteger();
            while (toldOfAChange(told.get() % 2)) {
                assertThat(told.incrementAndGet()).as("messages kept for it").isLessThan(50_000);
            }

            var quick = client.open(ACTIVE, LAG);
            await().until(() -> quick.messages.get() >= 1);
            lag.set(0);
            await().until(() -> !quick.active());
            lag.set(1);
            await().until(quick::active);
            slow.read(100_000);

            await().until(() -> slow.messages.get() > told.get() && slow.active());
        }
    }

    /** Whether the slow one was sent another message. */
    private boolean toldOfAChange(int number) {
        double before = serving.pushes(ACTIVE);
        lag.set(1 - number);
        long limit = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (serving.pushes(ACTIVE) == before && System.nanoTime() < limit) {
            Thread.onSpinWait();
        }
        return serving.pushes(ACTIVE) > before;
    }

    @Test
    void theStateIsToldAgainThoughNothingChanged() {
        try (var repeating = Serving.plaintext();
                var reader = repeating.client()) {
            repeating.metrics.add("lag").set(1);

            var stream = reader.open(ACTIVE, LAG);

            await().until(() -> stream.messages.get() >= 3 && stream.active());
        }
    }

    @Test
    void aKilledKedaIsForgottenAndTheNextIsToldAtOnce() {
        lag.set(1);
        try (var keda = KedaProgram.start()) {
            openTwo(keda);
        }
        await().until(() -> serving.streams(ACTIVE) == 0 && serving.streams(SPEC) == 0 && lag.listeners() == 0);
        try (var keda = KedaProgram.start()) {
            openTwo(keda);

            serving.close();

            await().untilAsserted(() ->
                    assertThat(keda.news("active")).last().asString().contains("ended=OK"));
            await().untilAsserted(() ->
                    assertThat(keda.news("spec")).last().asString().contains("ended=OK"));
        }
    }

    private void openTwo(KedaProgram keda) {
        keda.connect(serving.port());
        keda.open("active", ACTIVE, "shop", LAG);
        keda.open("spec", SPEC, "shop", LAG);
        await().until(() -> keda.news("active").size() == 1 && keda.news("spec").size() == 1);
        assertThat(keda.news("active").getFirst().get("message")).isEqualTo(Map.of("result", true));
        assertThat(keda.news("spec").getFirst().get("message"))
                .isEqualTo(Map.of(
                        "metricSpecs",
                        List.of(Map.of("metricName", "lag", "targetSize", 10L, "targetSizeFloat", 10L))));
    }
}
