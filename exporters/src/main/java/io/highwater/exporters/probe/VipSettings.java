// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Target;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.exporters.client.postgres.PostgresServers;
import java.util.Locale;
import java.util.Map;

/** An address behind which one of several Postgres servers answers: a virtual IP, a proxy, a name in DNS. */
public record VipSettings(
        @Doc("host:port, the port 5432 when left out") String address,

        @Doc("the servers of which one is to answer, and how to connect")
        PostgresServers servers,

        @Doc("what it is to be: primary, replica, any") @Default("primary")
        Role role)
        implements ProberSettings {

    /** What the server that answers is to be. */
    public enum Role {
        PRIMARY,
        REPLICA,
        ANY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean accepts(boolean primary) {
            return this == ANY || primary == (this == PRIMARY);
        }
    }

    private static final String VIP = "the virtual IP";
    private static final int PORT = 5432;

    public VipSettings {
        HostPort.of(address, "address", PORT);
    }

    /** The server behind the address, as if it were one of its own. */
    PostgresServer behind() {
        var alone = Map.of(VIP, new PostgresNode(address, PostgresNode.Replication.PHYSICAL));
        return new PostgresServer(
                new PostgresServers(
                        alone,
                        servers.user(),
                        servers.password(),
                        servers.database(),
                        servers.sslMode(),
                        servers.sslRootCert(),
                        servers.sslCert(),
                        servers.sslKey()),
                VIP);
    }

    PostgresServer server(String node) {
        return new PostgresServer(servers, node);
    }

    @Override
    public Prober open(Target target) {
        return new VipProber(this);
    }
}
