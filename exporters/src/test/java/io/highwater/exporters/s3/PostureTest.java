// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import static io.highwater.exporters.s3.Stores.BUCKET;
import static io.highwater.exporters.s3.Stores.await;
import static io.highwater.exporters.s3.Stores.probing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.Watched;
import io.highwater.lab.MinioCluster;
import io.highwater.lab.S3Client;
import io.highwater.lab.TcpProxy;
import io.highwater.lab.junit.MinioExtension;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the buckets of a real MinIO are set up, and what of that is a finding. */
class PostureTest {

    private static final BucketPlan ALL = new BucketPlan(true, true, true, true, true);
    private static final BucketPlan VERSIONS = new BucketPlan(true, false, false, false, false);

    private static final String LIFECYCLE = """
            <LifecycleConfiguration><Rule><ID>old</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter>
            <NoncurrentVersionExpiration><NoncurrentDays>30</NoncurrentDays></NoncurrentVersionExpiration></Rule></LifecycleConfiguration>""";
    private static final String LOCK = """
            <ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>
            <Mode>GOVERNANCE</Mode><Days>7</Days></DefaultRetention></Rule></ObjectLockConfiguration>""";

    @RegisterExtension
    static final MinioExtension minio = new MinioExtension(MinioCluster.alone());

    private static S3Client client;
    private static String url;

    @BeforeAll
    static void makeBuckets() {
        client = minio.cluster().client();
        url = minio.cluster().node(1).url();
        for (var bucket : new String[] {BUCKET, "plain", "suspended"}) {
            client.createBucket(bucket);
        }
        client.createBucketWithLock("kept"); // which keeps versions, too
        setUp("kept", "lifecycle", LIFECYCLE);
        setUp("kept", "object-lock", LOCK);
        setUp("suspended", "versioning", versioning("Enabled"));
        setUp("suspended", "versioning", versioning("Suspended"));
    }

    private static String versioning(String status) {
        return "<VersioningConfiguration><Status>" + status + "</Status></VersioningConfiguration>";
    }

    private static void setUp(String bucket, String part, String document) {
        var answer = client.send("PUT", "/" + bucket, part + "=", document.getBytes(UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static OptionalDouble finding(Watched watched, String check, String bucket) {
        return watched.value("ha_config_finding", "check", check, "name", bucket);
    }

    @Test
    void whatABucketHasNotAndWasToHaveIsAFinding() {
        try (var watched = probing(url)
                .with(Map.of("plain", ALL, "kept", ALL, "suspended", VERSIONS))
                .watch()) {
            await().until(() -> finding(watched, "bucket_not_versioned", "kept").isPresent());
            for (var check : new String[] {
                "bucket_not_versioned",
                "bucket_not_replicated",
                "bucket_not_locked",
                "bucket_not_encrypted",
                "bucket_versions_never_expire"
            }) {
                assertThat(finding(watched, check, "plain")).as(check).hasValue(1);
            }
            assertThat(finding(watched, "bucket_not_versioned", "kept")).hasValue(0);
            assertThat(finding(watched, "bucket_not_locked", "kept")).hasValue(0);
            assertThat(finding(watched, "bucket_versions_never_expire", "kept")).hasValue(0);
            assertThat(finding(watched, "bucket_not_replicated", "kept")).hasValue(1);
            assertThat(finding(watched, "bucket_not_versioned", "suspended")).hasValue(1);
            assertThat(watched.lines("ha_config_finding", "name", "suspended"))
                    .as("what nobody asked for is no finding, but that it is there")
                    .hasSize(2);
            assertThat(finding(watched, "bucket_missing", "suspended")).hasValue(0);

            assertThat(watched.value("s3_bucket_versioning_enabled", "bucket", "kept"))
                    .hasValue(1);
            assertThat(watched.value("s3_bucket_lifecycle_rules", "bucket", "kept"))
                    .hasValue(1);
            assertThat(watched.value("s3_bucket_object_lock_enabled", "bucket", "kept"))
                    .hasValue(1);
            assertThat(watched.value("s3_bucket_default_retention_seconds", "bucket", "kept"))
                    .hasValue((double) Duration.ofDays(7).toSeconds());
            assertThat(watched.value("s3_bucket_default_retention_seconds", "bucket", "plain"))
                    .hasValue(0);
            assertThat(watched.value("s3_bucket_replication_rules", "bucket", "plain"))
                    .hasValue(0);
        }
    }

    @Test
    void itIsToldOnceHoweverManyEndpointsTellItAndAsLongAsOneDoes() {
        try (var proxy = new TcpProxy(minio.cluster().node(1).port());
                var watched = probing(Map.of("minio-1", url, "proxied", "http://127.0.0.1:" + proxy.port()))
                        .with(Map.of("kept", VERSIONS, "missing", VERSIONS))
                        .watch()) {
            await().until(() -> watched.runs("proxied", "posture") > 1 && watched.runs("minio-1", "posture") > 1);
            assertThat(watched.lines("s3_bucket_versioning_enabled")).hasSize(1);
            assertThat(watched.outcome("minio-1", "posture").toString()).contains("there is no bucket missing");
            assertThat(finding(watched, "bucket_missing", "missing")).hasValue(1);
            assertThat(watched.lines("ha_config_finding", "name", "missing"))
                    .as("of what is not there nothing else is known")
                    .hasSize(1);

            proxy.mode(TcpProxy.Mode.CUT);
            await().until(() -> watched.reason("proxied", "posture").isPresent());
            assertThat(watched.value("s3_bucket_versioning_enabled", "bucket", "kept"))
                    .hasValue(1);
        }
    }
}
