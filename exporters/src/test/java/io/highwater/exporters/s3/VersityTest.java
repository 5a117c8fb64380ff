// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import static io.highwater.exporters.s3.Stores.BUCKET;
import static io.highwater.exporters.s3.Stores.await;
import static io.highwater.exporters.s3.Stores.fails;
import static io.highwater.exporters.s3.Stores.fill;
import static io.highwater.exporters.s3.Stores.message;
import static io.highwater.exporters.s3.Stores.probing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.highwater.lab.VersityServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Another S3 server than MinIO: the same probe, and the same reasons. */
class VersityTest {

    private static final String VERSIONED = "versioned";
    private static final String CANARIES = "canaries";

    private static VersityServer server;

    @BeforeAll
    static void start() {
        server = VersityServer.plan().withVersions().start();
        server.client().createBucket(BUCKET);
        server.client().createBucket(VERSIONED);
        server.client().createBucket(CANARIES);
        var versioning = "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + "<Status>Enabled</Status></VersioningConfiguration>";
        assertThat(server.client()
                        .send("PUT", "/" + VERSIONED, "versioning=", versioning.getBytes(UTF_8))
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Stores.Plan plan() {
        return probing(server.url()).as(VersityServer.ROOT);
    }

    @Test
    void everyStepSucceedsAndNothingStaysBehind() {
        for (var bucket : new String[] {BUCKET, VERSIONED}) {
            try (var watched = plan().into(bucket).watch()) {
                await().until(() -> watched.value("s3_probe_successes_total").orElse(0) >= 3);
                assertThat(watched.lines("s3_probe_failures_total")).isEmpty();
                assertThat(watched.lines("s3_probe_step_success")).hasSize(4).allMatch(line -> line.endsWith(" 1"));
            }
            await().untilAsserted(() -> assertThat(server.client()
                            .send("GET", "/" + bucket, "versions=", new byte[0])
                            .text())
                    .contains("ListVersionsResult")
                    .doesNotContain("<Version>")
                    .doesNotContain("<DeleteMarker>"));
        }
    }

    @Test
    void wrongKeysAreToldFromRightsThatAreMissing() {
        assertThat(server.client().put(CANARIES, "canary", "hello".getBytes(UTF_8)))
                .isEqualTo(200);
        var reader = server.reader(CANARIES);
        try (var wrong = plan().as(VersityServer.ROOT.withWrongSecret()).watch();
                var wrongReading = plan().as(VersityServer.ROOT.withWrongSecret())
                        .readOnlyWithoutObject()
                        .watch();
                var writing = plan().into(CANARIES).as(reader).watch();
                var reading = plan().into(CANARIES).as(reader).reading("canary").watch()) {
            await().until(() -> fails(wrong, FailureReason.AUTH, "put"));
            await().until(() -> fails(wrongReading, FailureReason.AUTH, "bucket"));
            await().until(() -> fails(writing, FailureReason.DENIED, "put"));
            await().until(() -> reading.is(1, "s3_up") && reading.is(1, "s3_probe_step_success", "step", "get"));
        }
    }

    @Test
    void whatItDoesNotHaveIsNotedAndNotInvented() {
        try (var watched = plan().with(Map.of(
                        BUCKET, new BucketPlan(true, true, true, true, true),
                        VERSIONED, new BucketPlan(true, true, true, true, true)))
                .watch()) {
            await().until(() -> watched.is(0, "ha_config_finding", "check", "bucket_not_versioned", "name", VERSIONED));
            assertThat(watched.value("ha_config_finding", "check", "bucket_not_versioned", "name", BUCKET))
                    .hasValue(1);
            assertThat(watched.value("s3_bucket_versioning_enabled", "bucket", VERSIONED))
                    .hasValue(1);
            assertThat(watched.outcome("s3", "posture").toString())
                    .contains("replication, which this store does not have");
            assertThat(watched.lines("s3_bucket_replication_rules")).isEmpty();
            assertThat(watched.lines("ha_config_finding", "check", "bucket_not_replicated"))
                    .isEmpty();
        }
    }

    @Test
    void aFullDiskIsFullUntilThereIsRoom() {
        assumeTrue(VersityServer.canHaveDisk(), "this machine does not let a server have a disk of its own");
        try (var small = VersityServer.plan().disk(4).start()) {
            var client = small.client();
            client.createBucket(BUCKET);
            int pieces = fill(client);
            try (var watched = probing(small.url()).as(VersityServer.ROOT).watch()) {
                await().untilAsserted(() -> assertThat(message(watched)).startsWith("full: "));
                assertThat(fails(watched, FailureReason.FULL, "put")).isTrue();
                assertThat(message(watched)).contains("InsufficientStorage");
                for (int i = 0; i < pieces; i++) {
                    client.delete(BUCKET, "pieces/" + i);
                }
                await().until(() -> watched.is(1, "s3_up"));
            }
        }
    }

    @Test
    void aServerThatIsKilledOrFrozenIsBackWhenItIs() {
        try (var own = VersityServer.plan().start()) {
            own.client().createBucket(BUCKET);
            try (var watched = probing(own.url()).as(VersityServer.ROOT).watch()) {
                await().until(() -> watched.is(1, "s3_up"));
                own.kill();
                await().until(() -> fails(watched, FailureReason.REFUSED, "put"));
                own.start();
                await().until(() -> watched.is(1, "s3_up"));
                own.pause();
                await().until(() -> fails(watched, FailureReason.TIMEOUT, "put"));
                own.resume();
                await().until(() -> watched.is(1, "s3_up"));
            }
        }
    }
}
