// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.core.Outcome;
import io.highwater.lab.PostgresCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every collector on every supported version, as a role with pg_monitor alone. */
class EveryVersionTest {

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void everyCollectorGivesItsFamilies(int major) {
        collect(major);
    }

    @Tag("every-version")
    @ParameterizedTest
    @ValueSource(ints = {14, 16, 17})
    void everyCollectorGivesItsFamiliesOnTheOthersToo(int major) {
        collect(major);
    }

    private static void collect(int major) {
        try (var cluster = PostgresCluster.of(major)
                .withSlots()
                .archiving("true")
                .setting("shared_preload_libraries", "pg_stat_statements")
                .start()) {
            cluster.createMonitor(WatchedCluster.USER, WatchedCluster.PASSWORD);
            cluster.primary().execute("CREATE EXTENSION pg_stat_statements");
            cluster.primary().execute("CREATE TABLE readings AS SELECT generate_series(1, 1000) AS id");
            cluster.awaitReplayed(cluster.standby());
            try (var watched = WatchedCluster.of(cluster)) {
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> watched.store().complete());
                for (var slot : watched.store().slots()) {
                    assertThat(slot.latest().orElseThrow().outcome())
                            .as("%s %s", slot.target(), slot.collector())
                            .isEqualTo(new Outcome.Collected(List.of()));
                }
                System.out.println(watched.page());
            }
        }
    }
}
