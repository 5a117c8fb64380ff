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

import io.highwater.core.tls.ClientTls;
import io.highwater.lab.MinioCluster;
import io.highwater.lab.MinioServer;
import io.highwater.lab.junit.MinioExtension;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real MinIO over TLS whose drives are lost, and which is killed. */
class MinioTroubleTest {

    @RegisterExtension
    static final MinioExtension minio = new MinioExtension(MinioCluster.alone().withTls());

    private static Stores.Plan plan(ClientTls.Verify verify) {
        var authority = Optional.of(minio.cluster().tls().authority());
        return probing(minio.cluster().node(1).url())
                .tls(new ClientTls(authority, Optional.empty(), Optional.empty(), verify));
    }

    @Test
    void aStoreThatHasLostItsWriteQuorumAndThenItsServer() {
        var cluster = minio.cluster();
        cluster.client().createBucket(BUCKET);
        assertThat(cluster.client().put(BUCKET, "canary", "hello".getBytes(UTF_8)))
                .isEqualTo(200);
        try (var watched = plan(ClientTls.Verify.FULL).watch();
                var reading = plan(ClientTls.Verify.FULL).reading("canary").watch()) {
            await().until(() -> watched.is(1, "s3_up") && reading.is(1, "s3_up"));

            cluster.makeReadOnly();
            await().until(() -> fails(watched, FailureReason.READ_ONLY, "put"));
            assertThat(reading.value("s3_up")).as("it still reads").hasValue(1);

            cluster.giveBackDrives();
            await().until(() -> watched.is(1, "s3_up"));

            cluster.node(1).kill();
            await().until(() -> fails(watched, FailureReason.REFUSED, "put") && reading.is(0, "s3_up"));
            cluster.node(1).start();
            await().until(() -> watched.is(1, "s3_up") && reading.is(1, "s3_up"));
            assertThat(watched.value("s3_probe_outages_total").orElseThrow()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void fullDrivesAreFullUntilThereIsRoom() {
        assumeTrue(MinioServer.canHaveDisks(), "this machine does not let a server have disks of its own");
        try (var small = MinioCluster.alone().disks(48).start()) {
            var client = small.client();
            client.createBucket(BUCKET);
            fill(client);
            try (var watched = probing(small.node(1).url()).watch()) {
                await().untilAsserted(() -> assertThat(message(watched)).startsWith("full: "));
                assertThat(fails(watched, FailureReason.FULL, "put")).isTrue();
                assertThat(message(watched)).contains("XMinioStorageFull");
                client.purge(BUCKET, "pieces");
                await().until(() -> watched.is(1, "s3_up"));
            }
        }
    }

    @Test
    void aCertificateOfNobodyWeKnowIsNamed() {
        var jdk = new ClientTls(Optional.empty(), Optional.empty(), Optional.empty(), ClientTls.Verify.FULL);
        try (var watched = probing(minio.cluster().node(1).url()).tls(jdk).watch()) {
            await().until(() -> fails(watched, FailureReason.TLS, "put"));
            assertThat(message(watched)).isNotBlank();
        }
    }
}
