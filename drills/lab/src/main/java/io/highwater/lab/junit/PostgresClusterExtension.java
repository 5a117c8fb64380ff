// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import io.highwater.lab.ClusterPlan;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;

/**
 * A Postgres cluster for all tests of one class.
 *
 * {@snippet :
 * @RegisterExtension
 * static final PostgresClusterExtension postgres = new PostgresClusterExtension(PostgresCluster.of(18).standbys(1));
 * }
 */
public final class PostgresClusterExtension extends ServersExtension<PostgresCluster> {

    public PostgresClusterExtension(ClusterPlan plan) {
        super(plan::start, PostgresCluster::close);
    }

    public PostgresCluster cluster() {
        return servers();
    }

    public PostgresServer primary() {
        return cluster().primary();
    }

    /** The first standby. */
    public PostgresServer standby() {
        return cluster().standby();
    }
}
