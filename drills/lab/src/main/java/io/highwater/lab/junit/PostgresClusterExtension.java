// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import io.highwater.lab.ClusterPlan;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Postgres cluster for all tests of one class.
 *
 * {@snippet :
 * @RegisterExtension
 * static final PostgresClusterExtension postgres = new PostgresClusterExtension(PostgresCluster.of(18).standbys(1));
 * }
 */
public final class PostgresClusterExtension implements BeforeAllCallback, AfterAllCallback {

    private final ClusterPlan plan;
    private @Nullable PostgresCluster cluster;

    public PostgresClusterExtension(ClusterPlan plan) {
        this.plan = plan;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = plan.start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
    }

    public PostgresCluster cluster() {
        if (cluster == null) {
            throw new IllegalStateException("the cluster runs only during tests: make the field static");
        }
        return cluster;
    }

    public PostgresServer primary() {
        return cluster().primary();
    }

    /** The first standby. */
    public PostgresServer standby() {
        return cluster().standby();
    }
}
