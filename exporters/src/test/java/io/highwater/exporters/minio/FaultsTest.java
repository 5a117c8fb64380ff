// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static io.highwater.exporters.minio.WatchedMinio.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Reason;
import io.highwater.exporters.Watched;
import io.highwater.lab.MinioCluster;
import io.highwater.lab.junit.MinioExtension;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Four servers with two drives each: writes want five of the eight drives, reads four. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsTest {

    @RegisterExtension
    static final MinioExtension lab = new MinioExtension(MinioCluster.plan());

    /** Says 200 when drives enough are there without those of the server that is asked. */
    private static final String SPARED = "/minio/health/cluster?maintenance=true";

    private Watched watched;

    @BeforeEach
    void watch() {
        var cluster = lab.cluster();
        cluster.start();
        await().until(() ->
                cluster.nodes().stream().allMatch(node -> cluster.client(node).status(SPARED) == 200));
        watched = WatchedMinio.of(cluster);
        await().until(() -> watched.store().complete() && margin("write").isPresent());
    }

    @AfterEach
    void end() {
        watched.close();
    }

    private Optional<Integer> margin(String unit) {
        var found = watched.value("ha_quorum_margin", "unit", unit, "name", "0/0");
        return found.isEmpty() ? Optional.empty() : Optional.of((int) found.getAsDouble());
    }

    /** The metrics say for up to a minute that all drives are there: what is seen before that comes of health alone. */
    @Test
    @Order(1) // on new servers: after any fault it may take their metrics a minute to count all drives again
    void aKilledNodeIsNamedAndTwoStopWritesUntilTheyAreBack() {
        // 3 and 4 when the metrics have seen all drives; what they saw first they say for a minute.
        await().until(() -> margin("write").orElse(0) >= 2 && margin("read").orElse(0) >= 3);
        assertThat(watched.lines("ha_quorum_margin"))
                .as("once, whoever says it")
                .hasSize(2);
        assertThat(watched.lines("minio_cluster_drives", "state", "online")).hasSize(1);
        assertThat(watched.lines("ha_node_maintenance_safe")).hasSize(4).allMatch(line -> line.endsWith(" 1"));

        lab.cluster().node(3).kill();
        await().until(() -> watched.is(0, "minio_up", "node", "minio-3")
                && margin("write").equals(Optional.of(1))
                && margin("read").equals(Optional.of(2))
                && watched.is(0, "ha_node_maintenance_safe", "node", "minio-1"));
        assertThat(watched.reason("minio-3", "health")).hasValue(Reason.REFUSED);
        assertThat(watched.value("ha_quorum_members", "state", "online")).hasValue(3);
        assertThat(watched.value("minio_cluster_writable")).hasValue(1);
        assertThat(watched.value("ha_outage_seconds")).hasValue(0);
        assertThat(watched.lines("minio_up"))
                .filteredOn(line -> line.endsWith(" 0"))
                .hasSize(1);
        assertThat(watched.lines("ha_node_maintenance_safe", "node", "minio-3")).isEmpty();

        lab.cluster().node(4).kill();
        await().until(() -> watched.is(0, "minio_cluster_writable"));
        assertThat(margin("write").orElseThrow()).isNegative();
        assertThat(margin("read")).hasValue(0);
        assertThat(watched.value("minio_cluster_readable")).hasValue(1);
        await().until(() -> watched.value("ha_outage_seconds").orElse(0) > 0);

        lab.cluster().start();
        await().until(() -> watched.is(1, "minio_cluster_writable")
                && margin("write").orElse(-1) >= 0
                && watched.is(0, "ha_outage_seconds")
                && watched.is(1, "minio_up", "node", "minio-4"));
        assertThat(watched.value("ha_unavailable_seconds_total").orElseThrow()).isPositive();
    }

    @Test
    void aFrozenNodeIsDownAloneAndWhatNobodyCanSayIsNotSaid() {
        var frozen = lab.cluster().node(2);
        frozen.pause();
        try {
            // Every server waits for it to count the drives, and answers for itself at once.
            await().until(() -> watched.is(0, "minio_up", "node", "minio-2")
                    && watched.is(1, "minio_up", "node", "minio-1")
                    && watched.lines("minio_node_sees_write_quorum").isEmpty()
                    && watched.value("minio_cluster_writable").isEmpty()
                    && margin("write").isEmpty());
            assertThat(watched.reason("minio-2", "health")).hasValue(Reason.TIMEOUT);
            await().until(() -> watched.value("ha_outage_seconds").orElse(0) > 0);

            await().until(() -> watched.is(1, "minio_cluster_writable"));
        } finally {
            frozen.resume();
        }
        await().until(() -> watched.is(1, "minio_up", "node", "minio-2") && watched.is(0, "ha_outage_seconds"));
    }
}
