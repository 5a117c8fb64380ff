// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import io.highwater.lab.NatsClient;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsPlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A NATS cluster for all tests of one class.
 *
 * {@snippet :
 * @RegisterExtension
 * static final NatsClusterExtension nats = new NatsClusterExtension(NatsCluster.of("2.9"));
 * }
 */
public final class NatsClusterExtension implements BeforeAllCallback, AfterAllCallback {

    private final NatsPlan plan;
    private @Nullable NatsCluster cluster;

    public NatsClusterExtension(NatsPlan plan) {
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

    public NatsCluster cluster() {
        if (cluster == null) {
            throw new IllegalStateException("the cluster runs only during tests: make the field static");
        }
        return cluster;
    }

    /** As {@link io.highwater.lab.NatsUser#APP}. */
    public NatsClient client() {
        return cluster().client();
    }
}
