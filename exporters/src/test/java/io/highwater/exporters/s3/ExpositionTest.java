// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import static io.highwater.exporters.s3.Stores.await;
import static io.highwater.exporters.s3.Stores.probing;

import io.highwater.exporters.ExposedPage;
import io.highwater.exporters.Watched;
import io.highwater.lab.MinioCluster;
import io.highwater.lab.TcpProxy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of a store behind an entry, of two servers of which one was away and one is, as a whole. */
class ExpositionTest {

    private static MinioCluster minio;
    private static Watched watched;

    @BeforeAll
    static void collect() {
        minio = MinioCluster.alone().start();
        minio.client().createBucket(Stores.BUCKET);
        try (var proxy = new TcpProxy(minio.node(1).port())) {
            proxy.mode(TcpProxy.Mode.CUT);
            watched = probing(Map.of(
                            "entry",
                            minio.node(1).url(),
                            "minio-1",
                            "http://127.0.0.1:" + proxy.port(),
                            "minio-2",
                            "http://127.0.0.1:1"))
                    .through("entry")
                    .with(Map.of(Stores.BUCKET, new BucketPlan(true, true, true, true, true)))
                    .watch();
            await().until(() -> watched.is(0, "s3_up", "node", "minio-1"));
            proxy.mode(TcpProxy.Mode.FORWARD);
            await().until(() -> watched.is(1, "s3_up", "node", "minio-1"));
            proxy.mode(TcpProxy.Mode.FREEZE);
            await().until(() -> watched.value("s3_probe_failures_total", "node", "minio-1", "reason", "timeout")
                    .isPresent());
        }
        // Neither has a collection under way that the proxy's end may have cut otherwise.
        await().until(() -> watched.store().complete()
                && watched.is(0, "s3_bucket_versioning_enabled")
                && watched.reason("minio-1", "leftovers").isPresent()
                && watched.lines("s3_probe_step_success", "node", "minio-1").size() == 1);
    }

    @AfterAll
    static void stop() {
        watched.close();
        minio.close();
    }

    private static ExposedPage page() {
        return new ExposedPage(watched.page(), new S3Exporter());
    }

    @Test
    void theSeriesAreTheRecordedOnes() throws IOException {
        // Whether what was left was looked for before the way was cut is a matter of luck.
        var moment = "s3_probe_failures_total|s3_probe_leftovers_removed_total";
        page().isAsIn(ExpositionTest.class, "entry-and-two-servers.prom", moment, "none");
    }

    @Test
    void prometheusFindsNothingToSay() throws IOException, InterruptedException {
        page().isLinted();
    }

    @Test
    void everySeriesIsDeclaredWithItsLabels() {
        page().isDeclared("store");
    }

    @Test
    void everyFamilyIsThereButWhatALevelGives() {
        page().hasAllBut(List.of("ha_availability_objective", "ha_rpo_objective", "ha_rto_objective"));
    }
}
