// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import io.highwater.lab.PostgresServer;
import io.highwater.lab.ServerPlan;

/** One Postgres server, without standbys, for all tests of one class. */
public final class PostgresServerExtension extends ServersExtension<PostgresServer> {

    public PostgresServerExtension(ServerPlan plan) {
        super(plan::start, PostgresServer::close);
    }

    public PostgresServer server() {
        return servers();
    }
}
