// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import static io.highwater.exporters.s3.Stores.BUCKET;
import static io.highwater.exporters.s3.Stores.await;
import static io.highwater.exporters.s3.Stores.probing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Samples;
import io.highwater.core.Target;
import io.highwater.exporters.client.http.HttpLink;
import io.highwater.lab.MinioCluster;
import io.highwater.lab.S3Account;
import io.highwater.lab.S3Client;
import io.highwater.lab.VersityServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a killed agent left is removed, and nothing else is. */
class LeftoversTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String VERSIONING =
            "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Status>Enabled</Status></VersioningConfiguration>";

    private static final String THEIRS = "highwater-probe/notes.txt";
    private static final String OUTSIDE = "probe-12345678-1234-1234-1234-123456789012";

    @Test
    void ofMinio() throws Exception {
        try (var minio = MinioCluster.alone().start()) {
            removesItsOwnAlone(minio.client(), minio.node(1).url(), MinioCluster.ROOT);
        }
    }

    @Test
    void ofAnotherServer() throws Exception {
        try (var server = VersityServer.plan().withVersions().start()) {
            removesItsOwnAlone(server.client(), server.url(), VersityServer.ROOT);
        }
    }

    @Test
    void whatMayNotBeRemovedKeepsNothingElse() throws Exception {
        try (var store = new LittleStore()) {
            var kept = "highwater-probe/probe-00000000-0000-0000-0000-000000000000";
            store.lock(kept);
            for (int i = 0; i < 300; i++) {
                store.objects().put(ProbeObjects.newKey("highwater-probe/"), new byte[1]);
            }
            var sweep = new Sweep(store.url(), VersityServer.ROOT, Duration.ofMinutes(10));
            assertThat(sweep.run()).isEqualTo(300);
            assertThat(store.objects()).containsOnlyKeys(kept);
        }
    }

    private static void removesItsOwnAlone(S3Client client, String url, S3Account account) throws Exception {
        client.createBucket(BUCKET);
        assertThat(client.send("PUT", "/" + BUCKET, "versioning=", VERSIONING.getBytes(UTF_8))
                        .status())
                .isEqualTo(200);
        var ours = ProbeObjects.newKey("highwater-probe/");
        for (var object : new String[] {ours, ours, ProbeObjects.newKey("highwater-probe/"), THEIRS, OUTSIDE}) {
            assertThat(client.put(BUCKET, object, "x".getBytes(UTF_8))).isEqualTo(200);
        }
        assertThat(client.delete(BUCKET, ours)).isEqualTo(204); // leaves a marker

        var young = new Sweep(url, account, Duration.ofMinutes(10));
        assertThat(young.run()).as("they may be at work").isZero();
        var sweep = new Sweep(url, account, Duration.ZERO);
        await().untilAsserted(() -> {
            assertThat(sweep.run()).as("two versions, a marker, and an object").isEqualTo(4);
        });
        var left = client.send("GET", "/" + BUCKET, "versions=", new byte[0]).text();
        assertThat(left).contains(THEIRS).contains(OUTSIDE).doesNotContain("highwater-probe/probe-");
    }

    /** The collector alone, with an age of the test's. */
    private record Sweep(LeftoversCollector collector) {

        Sweep(String url, S3Account account, Duration age) {
            this(collector(probing(Map.of("s3", url)).as(account).settings(), age));
        }

        private static LeftoversCollector collector(S3Settings settings, Duration age) {
            var requests = new SignedRequests(settings.endpoint("s3"), settings, InstantSource.system());
            return new LeftoversCollector(
                    new HttpLink(Optional.empty()), new S3Port(requests), settings, () -> age, TIMEOUT);
        }

        /** Returns how many were removed since the first time. */
        long run() throws Exception {
            var out = Samples.of(new Target("store", "s3", "s3", Map.of()));
            collector.collect(out);
            var line = out.toString().lines().findFirst().orElseThrow();
            return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
        }
    }
}
