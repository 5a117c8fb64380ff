// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresClusterTest {

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void streams(int major) {
        try (var cluster = PostgresCluster.of(major).start()) {
            cluster.primary().execute("CREATE TABLE t AS SELECT 42 AS answer");
            cluster.awaitReplayed(cluster.standby());

            assertThat(cluster.standby().value("SELECT answer FROM t")).isEqualTo("42");
            assertThat(cluster.standby().value("SHOW server_version")).startsWith(major + ".");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 16, 17})
    @Tag("every-version")
    void streamsInEveryVersion(int major) {
        streams(major);
    }
}
