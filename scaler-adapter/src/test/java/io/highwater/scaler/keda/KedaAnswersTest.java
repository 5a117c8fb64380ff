// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.highwater.lab.KedaProgram;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program that is not ours reads in the answers, asked in KEDA's order. */
class KedaAnswersTest {

    private static final Serving SERVING = Serving.plaintext();
    private static final KedaProgram KEDA = KedaProgram.start();

    @BeforeAll
    static void connect() {
        KEDA.connect(SERVING.port());
        SERVING.metrics.add("mail-lag");
    }

    @AfterAll
    static void end() {
        KEDA.close();
        SERVING.close();
    }

    @Test
    void aSignalIsReadWithItsFraction() {
        SERVING.metrics.add("lag").set(2.5);

        var poll = poll(Map.of("metric", "lag", "targetPerReplica", "0.5", "scalerAddress", "highwater:9188"));

        assertThat(poll.specs())
                .isEqualTo(List.of(
                        Map.of("metricName", "lag", "targetSize", 1L, "targetSizeFloat", new BigDecimal("0.5"))));
        assertThat(poll.values()).hasToString("[2.5]");
        assertThat(poll.active()).isTrue();
    }

    @Test
    void aPolicyBringsItsTarget() {
        var replicas = SERVING.metrics.add("wallet");
        replicas.set(7);
        replicas.target(1);

        var poll = poll(Map.of("metric", "wallet"));

        assertThat(poll.specs()).asString().contains("targetSize=1").contains("targetSizeFloat=1");
        assertThat(poll.values()).isEqualTo(List.of(7L));
        assertThatThrownBy(() -> poll(Map.of("metric", "wallet", "target", "5")))
                .hasMessageContaining("INVALID_ARGUMENT trigger metadata: targetPerReplica: leave it out");
    }

    @Test
    void nothingToDoIsZeroInBothFields() {
        SERVING.metrics.add("idle").set(0);

        var poll = poll(Map.of("metric", "idle", "target", "10"));

        assertThat(poll.values()).isEqualTo(List.of(0L));
        assertThat(poll.active()).isFalse();
    }

    @Test
    void severalValuesAreTheirSum() {
        SERVING.metrics.add("per-queue").set(1.25, 2);

        assertThat(poll(Map.of("metric", "per-queue", "target", "1")).values()).hasToString("[3.25]");
    }

    @Test
    void theTargetIsKnownWhileTheValueIsNot() {
        var lag = SERVING.metrics.add("gone");
        lag.lose("bus/n1 has not answered for 40 s");
        var metadata = Map.of("metric", "gone", "targetPerReplica", "20");

        try (var client = SERVING.client()) {
            var spec = client.ask("GetMetricSpec", KedaClient.object("shop", metadata));

            assertThat(new String(spec, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .contains("gone");
            assertThatThrownBy(() -> client.isActive(metadata))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessage("UNAVAILABLE: gone: bus/n1 has not answered for 40 s");
        }
        assertThatThrownBy(() -> poll(metadata))
                .hasMessageContaining("UNAVAILABLE gone: bus/n1 has not answered for 40 s");
    }

    @Test
    void whatKedaWouldTakeForZeroIsAnError() {
        SERVING.metrics.add("negative").set(-1);

        assertThatThrownBy(() -> poll(Map.of("metric", "negative", "target", "1")))
                .hasMessageContaining("UNAVAILABLE negative: it is -1.0, which KEDA would take for 0");
    }

    @Test
    void thereIsWorkAboveTheActivationTarget() {
        var lag = SERVING.metrics.add("threshold");
        var metadata = Map.of("metric", "threshold", "target", "1", "activationTarget", "5");

        lag.set(5);
        assertThat(poll(metadata).active()).isFalse();
        lag.set(5.1);
        assertThat(poll(metadata).active()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    policy=mail-lag                                     | metric: write the name of the signal or policy to scale by
                    metric=mail-lag                                     | targetPerReplica: write how much of mail-lag one replica takes
                    metric=mail-lag,targetPerReplica=0                  | targetPerReplica: write a number above 0
                    metric=mail-lag,target=NaN                          | target: 'NaN' is not a number
                    metric=mail-lag,target=many                         | target: 'many' is not a number
                    metric=mail-lag,target=1,targetPerReplica=1         | target: the same as targetPerReplica, write one of them
                    metric=mail-lag,targetPerReplca=1                   | targetPerReplca: not known, is targetPerReplica meant?
                    metric=mail-lag,target=1,activationTarget=x         | activationTarget: 'x' is not a number
                    """)
    void aWrongTriggerIsToldWhatToWrite(String metadata, String complaint) {
        assertThatThrownBy(() -> poll(parse(metadata)))
                .hasMessageContaining("INVALID_ARGUMENT trigger metadata: " + complaint);
    }

    @Test
    void valuesFromTheEnvironmentCountToo() {
        SERVING.metrics.add("from-env").set(3);

        assertThat(poll(Map.of("metricFromEnv", "from-env", "targetFromEnv", "2", "somethingNew", "1"))
                        .values())
                .isEqualTo(List.of(3L));
    }

    @Test
    void namesAreToldToThoseWhoMayReadThem() {
        var metadata = Map.of("metric", "mail-lug", "target", "1");

        assertThatThrownBy(() -> poll(metadata))
                .hasMessageContaining("NOT_FOUND there is no signal or policy mail-lug, is mail-lag meant?");
        assertThatThrownBy(() -> KEDA.poll("other", metadata))
                .hasMessageContaining("NOT_FOUND there is no signal or policy mail-lug; namespace other may read none");
        assertThatThrownBy(() -> KEDA.poll("other", Map.of("metric", "mail-lag", "target", "1")))
                .hasMessageContaining("PERMISSION_DENIED mail-lag is not for namespace other");
    }

    @Test
    void garbageHarmsOnlyItself() {
        SERVING.metrics.add("healthy").set(1);
        try (var client = SERVING.client()) {
            for (var garbage :
                    new byte[][] {{1}, {10, 100, 1}, {26, 2, 10, 50}, {(byte) 0xff, (byte) 0xff}, {10, 1, (byte) 0x80}
                    }) {
                assertThatThrownBy(() -> client.ask("GetMetricSpec", garbage))
                        .isInstanceOf(StatusRuntimeException.class);
            }
            assertThatThrownBy(() -> client.ask("Unheard", new byte[0])).hasMessageStartingWith("UNIMPLEMENTED");
            assertThat(client.isActive(Map.of("metric", "healthy", "target", "1")))
                    .isTrue();
        }
    }

    @Test
    void callsAreCountedByHowTheyEnded() {
        double before = SERVING.calls("GetMetricSpec", "NOT_FOUND");

        assertThatThrownBy(() -> poll(Map.of("metric", "xyz", "target", "1"))).hasMessageContaining("NOT_FOUND");

        await().untilAsserted(() ->
                assertThat(SERVING.calls("GetMetricSpec", "NOT_FOUND")).isEqualTo(before + 1));
    }

    private static KedaProgram.Poll poll(Map<String, String> metadata) {
        return KEDA.poll("shop", metadata);
    }

    private static Map<String, String> parse(String metadata) {
        var map = new java.util.HashMap<String, String>();
        for (var pair : metadata.split(",")) {
            map.put(pair.split("=")[0], pair.split("=")[1]);
        }
        return map;
    }
}
