// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static io.highwater.exporters.minio.WatchedMinio.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.Watched;
import io.highwater.lab.MinioCluster;
import io.highwater.lab.junit.MinioExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One server with four drives: writes want three of them, reads two. */
class DrivesTest {

    @RegisterExtension
    static final MinioExtension lab = new MinioExtension(MinioCluster.alone());

    /** Metrics are asked for the first time when one drive is lost, and say that for a minute, whatever comes. */
    @Test
    void aLostDriveIsCountedAndTheNextStopsWritesAtOnce() {
        var server = lab.cluster().node(1);
        server.loseDrive(1);
        // The server looks at a drive once a second.
        await().pollDelay(Duration.ofSeconds(2))
                .until(() -> lab.cluster().client().status("/minio/health/cluster") == 200);
        try (var watched = WatchedMinio.of(lab.cluster())) {
            await().until(() -> margin(watched, "write") == 0 && margin(watched, "read") == 1);
            assertThat(watched.value("minio_cluster_drives", "state", "offline"))
                    .hasValue(1);
            assertThat(watched.value("minio_cluster_drives", "state", "online")).hasValue(3);
            assertThat(watched.value("minio_node_drives", "node", "minio-1", "state", "offline"))
                    .hasValue(1);
            assertThat(watched.value("minio_cluster_health_erasure_set_online_drives"))
                    .hasValue(3);

            server.loseDrive(2);
            await().until(() -> margin(watched, "write") == -1 && watched.is(0, "minio_cluster_writable"));
            assertThat(watched.value("minio_cluster_readable")).hasValue(1);
            assertThat(watched.value("minio_cluster_health_erasure_set_write_tolerance"))
                    .as("as the metrics go on saying")
                    .hasValue(0);
            assertThat(watched.value("minio_up")).hasValue(1);

            server.loseDrive(3);
            await().until(() -> margin(watched, "read") == -1 && watched.is(0, "minio_cluster_readable"));

            lab.cluster().giveBackDrives();
            await().until(() -> margin(watched, "write") >= 0
                    && margin(watched, "read") >= 0
                    && watched.is(1, "minio_cluster_writable")
                    && watched.is(0, "ha_outage_seconds"));
        }
    }

    private static double margin(Watched watched, String unit) {
        return watched.value("ha_quorum_margin", "unit", unit).orElse(-100);
    }
}
