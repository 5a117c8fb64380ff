// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static io.highwater.exporters.minio.WatchedMinio.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.Watched;
import io.highwater.lab.MinioCluster;
import io.highwater.lab.S3Account;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may read the metrics; health wants no login. */
class LoginsTest {

    private static final MinioSettings.Metrics AUTO = MinioSettings.Metrics.AUTO;

    private static Watched as(Optional<S3Account> account, MinioCluster cluster, MinioSettings.Metrics metrics) {
        return WatchedMinio.watch(WatchedMinio.settings(cluster.urls(), account, metrics));
    }

    private static void isTurnedAway(Watched watched, String message) {
        await().until(() -> watched.reason("minio-1", "metrics").equals(Optional.of(Reason.AUTH))
                && watched.reason("minio-1", "usage").equals(Optional.of(Reason.AUTH))
                && watched.is(1, "minio_up")
                && watched.is(1, "minio_cluster_writable"));
        assertThat(watched.outcome("minio-1", "metrics").toString())
                .contains(message)
                .doesNotContain(MinioCluster.ROOT.secretKey());
        assertThat(watched.lines("ha_quorum_margin")).isEmpty();
    }

    @Test
    void metricsWantTheRightKeyOrAToken() throws CollectionException {
        try (var minio = MinioCluster.alone().withTls().start()) {
            var tls = Optional.of(new ClientTls(
                    Optional.of(minio.tls().authority()), Optional.empty(), Optional.empty(), ClientTls.Verify.FULL));
            var right = WatchedMinio.settings(minio.urls(), Optional.of(MinioCluster.ROOT), AUTO);
            var token = new MetricsToken(right).now().orElseThrow();
            try (var watched = WatchedMinio.watch(WatchedMinio.withToken(minio.urls(), token, tls))) {
                await().until(() ->
                        watched.value("ha_quorum_margin", "unit", "write").isPresent());
            }
            try (var watched = WatchedMinio.watch(WatchedMinio.withToken(minio.urls(), token + "x", tls))) {
                isTurnedAway(watched, "/minio/metrics/v3/api/requests answered 403");
            }
            try (var watched = WatchedMinio.watch(right)) {
                await().until(() -> watched.reason("minio-1", "health").isPresent());
                assertThat(watched.outcome("minio-1", "health").toString()).contains("certif");
            }
        }
    }

    @Test
    void publicMetricsWantNoKeyAndAWrongOneIsNamedOtherwise() {
        try (var minio = MinioCluster.alone().start()) {
            try (var watched = as(Optional.empty(), minio, AUTO)) {
                isTurnedAway(watched, "answered 403: write accessKey and secretKey, or a token");
            }
            try (var watched = as(Optional.of(MinioCluster.ROOT.withWrongSecret()), minio, AUTO)) {
                isTurnedAway(watched, "answered 403");
            }
        }
        try (var minio = MinioCluster.alone()
                        .setting("MINIO_PROMETHEUS_AUTH_TYPE", "public")
                        .start();
                var watched = as(Optional.empty(), minio, AUTO);
                var watchedV2 = as(Optional.empty(), minio, MinioSettings.Metrics.V2)) {
            for (var of : Map.of("v3", watched, "v2", watchedV2).entrySet()) {
                await().until(() ->
                        of.getValue().value("ha_quorum_margin", "unit", "write").isPresent());
                assertThat(of.getValue().value("minio_node_metrics_info", "version", of.getKey()))
                        .hasValue(1);
            }
        }
    }
}
