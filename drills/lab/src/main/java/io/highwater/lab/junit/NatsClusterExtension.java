// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import io.highwater.lab.NatsClient;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsPlan;

/**
 * A NATS cluster for all tests of one class.
 *
 * {@snippet :
 * @RegisterExtension
 * static final NatsClusterExtension nats = new NatsClusterExtension(NatsCluster.of("2.9"));
 * }
 */
public final class NatsClusterExtension extends ServersExtension<NatsCluster> {

    public NatsClusterExtension(NatsPlan plan) {
        super(plan::start, NatsCluster::close);
    }

    public NatsCluster cluster() {
        return servers();
    }

    /** As {@link io.highwater.lab.NatsUser#APP}. */
    public NatsClient client() {
        return cluster().client();
    }
}
