// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import static io.highwater.exporters.s3.Stores.BUCKET;
import static io.highwater.exporters.s3.Stores.await;
import static io.highwater.exporters.s3.Stores.fails;
import static io.highwater.exporters.s3.Stores.message;
import static io.highwater.exporters.s3.Stores.probing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.highwater.exporters.Watched;
import io.highwater.lab.MinioCluster;
import io.highwater.lab.S3Account;
import io.highwater.lab.S3Client;
import io.highwater.lab.TcpProxy;
import io.highwater.lab.junit.MinioExtension;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A probe through a real MinIO: what it tells while all is well, and why it fails when it is not. */
class MinioProbeTest {

    @RegisterExtension
    static final MinioExtension minio = new MinioExtension(MinioCluster.alone());

    private static final String VERSIONED = "versioned";
    private static final String CANARIES = "canaries";

    private static S3Client client;
    private static String url;

    @BeforeAll
    static void makeBuckets() {
        client = minio.cluster().client();
        url = minio.cluster().node(1).url();
        client.createBucket(BUCKET);
        client.createBucket(VERSIONED);
        client.createBucket(CANARIES);
        var versioning = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
        assertThat(client.send("PUT", "/" + VERSIONED, "versioning=", versioning.getBytes(UTF_8))
                        .status())
                .isEqualTo(200);
    }

    private static void awaitAttempts(Watched watched, double attempts) {
        await().until(() -> watched.value("s3_probe_attempts_total").orElse(0) >= attempts);
    }

    @Test
    void everyStepIsTimed() {
        try (var watched = probing(url).watch()) {
            awaitAttempts(watched, 3);
            for (var step : new String[] {"put", "head", "get", "delete"}) {
                assertThat(watched.value("s3_probe_step_success", "step", step)).hasValue(1);
                assertThat(watched.value("s3_probe_step_duration_seconds", "step", step)
                                .orElseThrow())
                        .isPositive();
            }
            assertThat(watched.value("s3_up")).hasValue(1);
            assertThat(watched.value("s3_probe_writes")).hasValue(1);
            assertThat(watched.value("s3_probe_outage_seconds")).hasValue(0);
            assertThat(watched.value("s3_clock_offset_seconds").orElseThrow()).isCloseTo(0, within(1.5));
            assertThat(watched.value("ha_outage_seconds")).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BUCKET, VERSIONED})
    void nothingStaysBehindAndNoVersionEither(String bucket) {
        try (var watched = probing(url).into(bucket).watch()) {
            awaitAttempts(watched, 3);
            assertThat(watched.lines("s3_probe_failures_total")).isEmpty();
        }
        await().untilAsserted(() -> {
            var list = client.send("GET", "/" + bucket, "versions=", new byte[0]);
            assertThat(list.status()).isEqualTo(200);
            assertThat(list.text()).doesNotContain("<Version>").doesNotContain("<DeleteMarker>");
        });
    }

    @Test
    void twoAgentsDoNotDisturbEachOther() {
        try (var one = probing(url).watch();
                var other = probing(url).watch()) {
            awaitAttempts(one, 10);
            awaitAttempts(other, 10);
            assertThat(one.lines("s3_probe_failures_total")).isEmpty();
            assertThat(other.lines("s3_probe_failures_total")).isEmpty();
        }
    }

    @Test
    void aWrongSecretIsNotASecretThatMayDoNothing() {
        try (var watched = probing(url).as(MinioCluster.ROOT.withWrongSecret()).watch()) {
            await().until(() -> fails(watched, FailureReason.AUTH, "put"));
            assertThat(message(watched))
                    .contains("SignatureDoesNotMatch")
                    .doesNotContain(MinioCluster.ROOT.secretKey());
            assertThat(watched.lines("s3_probe_step_success"))
                    .as("no other step is tried")
                    .hasSize(1);
            assertThat(watched.lines("s3_probe_step_duration_seconds")).isEmpty();
        }
    }

    @Test
    void anUnknownKeyIsToldEvenByAProbeThatReadsAlone() {
        var nobody = new S3Account("nobody", "nothing-at-all");
        try (var watched = probing(url).as(nobody).readOnlyWithoutObject().watch()) {
            await().until(() -> fails(watched, FailureReason.AUTH, "bucket"));
            assertThat(message(watched)).contains("InvalidAccessKeyId");
        }
    }

    @Test
    void aClockThatIsTooFarOffIsNamedAndMeasured() {
        var behind = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(-20));
        try (var watched = probing(url).watch(new S3Exporter(behind))) {
            await().until(() -> fails(watched, FailureReason.CLOCK_SKEW, "put"));
            assertThat(watched.value("s3_clock_offset_seconds").orElseThrow()).isCloseTo(1200, within(2.0));
        }
    }

    @Test
    void aClockThatIsALittleOffIsMeasuredBeforeItHurts() {
        var ahead = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(5));
        try (var watched = probing(url).watch(new S3Exporter(ahead))) {
            await().until(() -> watched.is(1, "s3_up"));
            assertThat(watched.value("s3_clock_offset_seconds").orElseThrow()).isCloseTo(-300, within(2.0));
        }
    }

    @Test
    void aBucketThatIsNotThereIsNamed() {
        try (var watched = probing(url).into("no-such-bucket").watch();
                var reading = probing(url)
                        .into("no-such-bucket")
                        .readOnlyWithoutObject()
                        .watch()) {
            await().until(() -> fails(watched, FailureReason.NO_BUCKET, "put"));
            await().until(() -> fails(reading, FailureReason.NO_BUCKET, "bucket"));
        }
    }

    @Test
    void aProbeThatReadsAloneReadsTheObjectThatIsNamed() {
        assertThat(client.put(CANARIES, "canary", "hello".getBytes(UTF_8))).isEqualTo(200);
        try (var watched = probing(url).into(CANARIES).reading("canary").watch();
                var missing = probing(url)
                        .into(CANARIES)
                        .reading("no such & (object) + ü")
                        .watch()) {
            await().until(() -> watched.is(1, "s3_up"));
            assertThat(watched.value("s3_probe_step_success", "step", "get")).hasValue(1);
            assertThat(watched.lines("s3_probe_step_success", "step", "put")).isEmpty();
            assertThat(watched.value("s3_probe_writes")).hasValue(0);
            await().until(() -> fails(missing, FailureReason.MISSING, "get"));
            assertThat(missing.value("s3_probe_step_success", "step", "bucket")).hasValue(1);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsATimeoutAndIsBackWhenItDoes() {
        try (var proxy = new TcpProxy(minio.cluster().node(1).port());
                var watched = probing("http://127.0.0.1:" + proxy.port()).watch()) {
            await().until(() -> watched.is(1, "s3_up"));
            proxy.mode(TcpProxy.Mode.FREEZE);
            await().until(() -> message(watched).startsWith("timeout: ")
                    && watched.value("s3_probe_outage_seconds").orElse(0) > 1);
            await().until(() -> watched.value("ha_outage_seconds").orElse(0) > 0);
            proxy.mode(TcpProxy.Mode.FORWARD);
            await().until(() -> watched.is(1, "s3_up"));
            assertThat(watched.value("s3_probe_outages_total")).hasValue(1);
            assertThat(watched.value("s3_probe_last_outage_seconds").orElseThrow())
                    .isGreaterThan(1);
        }
    }

    @Test
    void whatTakesLongerThanItMayCountsAsSlowAndSucceeds() {
        try (var watched = probing(url).slow(Duration.ofMillis(1)).watch()) {
            awaitAttempts(watched, 3);
            assertThat(watched.value("s3_probe_slow_total").orElseThrow()).isPositive();
            assertThat(watched.lines("s3_probe_failures_total")).isEmpty();
        }
    }

    /** What users go through decides; what agents reach beside that does not. */
    @Test
    void theStoreServesWhenItsEntryDoes() {
        try (var balancer = new TcpProxy(minio.cluster().node(1).port());
                var watched = probing(Map.of("entry", "http://127.0.0.1:" + balancer.port(), "minio-1", url))
                        .through("entry")
                        .watch()) {
            await().until(() -> watched.is(0, "ha_outage_seconds") && watched.is(1, "s3_up", "node", "minio-1"));
            assertThat(watched.value("ha_quorum_members", "state", "configured"))
                    .hasValue(1);
            await().until(() -> watched.is(1, "ha_quorum_members", "state", "online"));
            assertThat(watched.value("ha_quorum_margin")).hasValue(0);

            balancer.mode(TcpProxy.Mode.CUT);
            await().until(() -> watched.value("ha_outage_seconds").orElse(0) > 0.5);
            assertThat(watched.value("s3_up", "node", "minio-1")).hasValue(1);
            assertThat(watched.reason("entry", "probe").orElseThrow().label()).isEqualTo("refused");

            balancer.mode(TcpProxy.Mode.FORWARD);
            await().until(() -> watched.is(0, "ha_outage_seconds"));
            assertThat(watched.value("ha_unavailable_seconds_total").orElseThrow())
                    .isPositive();
        }
    }
}
