// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import io.highwater.lab.PostgresServer;
import io.highwater.lab.ServerPlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One Postgres server, without standbys, for all tests of one class. */
public final class PostgresServerExtension implements BeforeAllCallback, AfterAllCallback {

    private final ServerPlan plan;
    private @Nullable PostgresServer server;

    public PostgresServerExtension(ServerPlan plan) {
        this.plan = plan;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = plan.start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    public PostgresServer server() {
        if (server == null) {
            throw new IllegalStateException("the server runs only during tests: make the field static");
        }
        return server;
    }
}
