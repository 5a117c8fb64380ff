// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static io.highwater.exporters.minio.WatchedMinio.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.ExposedPage;
import io.highwater.exporters.Watched;
import io.highwater.lab.MinioCluster;
import io.highwater.lab.junit.MinioExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of one server with four drives as a whole, from metrics v3 and, of the same server, from v2. */
class ExpositionTest {

    @RegisterExtension
    static final MinioExtension lab =
            new MinioExtension(MinioCluster.alone().setting("MINIO_SCANNER_SPEED", "fastest"));

    private static OlderMinio older;
    private static Watched watched;
    private static Watched watchedV2;

    @BeforeAll
    static void collect() {
        var cluster = lab.cluster();
        var client = cluster.client();
        client.createBucket("letters");
        client.put("letters", "a", "hello".getBytes(UTF_8));
        client.get("letters", "a");
        client.get("letters", "none");
        // What the scanner counted is kept for a minute by whoever asks, also when that is nothing.
        var drive = cluster.node(1).drives().getFirst();
        await().until(() -> Files.exists(drive.resolve(".minio.sys/buckets/letters/.usage-cache.bin"))
                && Files.exists(drive.resolve(".minio.sys/buckets/.usage.json")));
        older = new OlderMinio(cluster.node(1).url());
        watched = WatchedMinio.of(cluster);
        watchedV2 = WatchedMinio.of(Map.of("minio-1", older.url()));
        await().until(() -> isComplete(watched) && isComplete(watchedV2));
    }

    private static boolean isComplete(Watched of) {
        return of.store().complete()
                && of.value("minio_bucket_usage_objects").isPresent()
                && of.value("ha_quorum_margin", "unit", "write").isPresent()
                && of.value("ha_node_maintenance_safe").isPresent();
    }

    @AfterAll
    static void stop() {
        watched.close();
        watchedV2.close();
        older.close();
    }

    private static ExposedPage page(Watched of) {
        return new ExposedPage(of.page(), new MinioExporter());
    }

    @Test
    void theSeriesAreTheRecordedOnes() throws IOException {
        page(watched)
                .isAsIn(
                        ExpositionTest.class,
                        "one-server.prom",
                        "minio_node_drive_latency_seconds",
                        "(?<=drive=\")[^\"]*(?=/drive-\\d)");
    }

    @Test
    void olderMetricsHaveTheSameNamesAndLabels() {
        // Of v2 nobody can tell which drive is of which set.
        var only3 = Set.of("minio_node_drive_info");
        assertThat(watched.value("minio_node_metrics_info", "version", "v3")).hasValue(1);
        assertThat(watchedV2.value("minio_node_metrics_info", "version", "v2")).hasValue(1);
        assertThat(series(watchedV2))
                .containsAll(series(watched).stream()
                        .filter(series -> !only3.contains(series.split("\\{")[0]))
                        .collect(Collectors.toSet()));
    }

    private static Set<String> series(Watched of) {
        return of.page()
                .lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("minio_node_drive_latency"))
                .map(line -> line.replaceAll(" \\S+$", "").replace("version=\"v3\"", "version=\"v2\""))
                .collect(Collectors.toSet());
    }

    @Test
    void numbersAreWhatTheyAre() {
        for (var of : List.of(watched, watchedV2)) {
            assertThat(of.value("minio_bucket_usage_objects", "bucket", "letters"))
                    .hasValue(1);
            assertThat(of.value("minio_bucket_usage_total_bytes", "bucket", "letters"))
                    .hasValue(5);
            assertThat(of.value("minio_cluster_buckets")).hasValue(1);
            assertThat(of.value("minio_usage_updated_timestamp_seconds").orElseThrow())
                    .isBetween(System.currentTimeMillis() / 1e3 - 300, System.currentTimeMillis() / 1e3 + 1);
            assertThat(of.value("minio_s3_requests_total", "api", "putobject")).hasValue(1);
            assertThat(of.value("minio_s3_requests_4xx_errors_total", "api", "getobject"))
                    .hasValue(1);
            assertThat(of.value("minio_s3_requests_ttfb_seconds_distribution", "api", "getobject", "le", "+Inf"))
                    .hasValue(2);
            assertThat(of.value("minio_cluster_drives", "state", "online")).hasValue(4);
            assertThat(of.value("minio_cluster_drives", "state", "offline")).hasValue(0);
            assertThat(of.value("minio_cluster_parity_drives")).hasValue(2);
            assertThat(of.value("ha_quorum_margin", "unit", "write", "name", "0/0"))
                    .hasValue(1);
            assertThat(of.value("ha_quorum_margin", "unit", "read", "name", "0/0"))
                    .hasValue(2);
            assertThat(of.value("ha_node_maintenance_safe")).hasValue(0);
            assertThat(of.value("minio_cluster_writable")).hasValue(1);
        }
    }

    @Test
    void prometheusFindsNothingToSayButOfNamesThatOthersMadeKnown() throws IOException, InterruptedException {
        page(watched).isLinted();
    }

    @Test
    void everySeriesIsDeclaredWithItsLabels() {
        page(watched).isDeclared("files");
        page(watchedV2).isDeclared("files");
    }

    @Test
    void whatCanBeSeenOnAHealthyServerIsThere() {
        page(watched)
                .hasAllBut(List.of(
                        "ha_rpo_objective",
                        "ha_rto_objective",
                        "ha_availability_objective",
                        "minio_inter_node_",
                        "minio_node_drive_latency_",
                        "minio_bucket_quota_"));
    }
}
