// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.core.Outcome;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.junit.PostgresServerExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that does not have what a collector asks for. */
class MissingExtensionTest {

    @RegisterExtension
    static final PostgresServerExtension lab = new PostgresServerExtension(PostgresServer.of(18));

    @Test
    void isSaidAndNoFailure() {
        lab.server().createMonitor(WatchedCluster.USER, WatchedCluster.PASSWORD);
        try (var watched = WatchedCluster.of(lab.server())) {
            await().atMost(Duration.ofSeconds(20)).until(() -> watched.store().complete());
            var outcome = watched.outcome(lab.server().name(), "statements").orElseThrow();
            assertThat(((Outcome.Collected) outcome).notes())
                    .singleElement()
                    .asString()
                    .startsWith("pg_stat_statements: ");
            assertThat(watched.page()).doesNotContain("pg_statements_").contains("pg_stat_database_xact_commit");
        }
    }
}
