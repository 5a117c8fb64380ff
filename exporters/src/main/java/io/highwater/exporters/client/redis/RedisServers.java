// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.redis;

import io.highwater.core.Doc;
import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The servers of one set, or of one Redis Cluster, and how to connect to them. */
public record RedisServers(
        @Doc("every server: a stable name and where it listens, the port 6379 when left out")
        Map<String, Address> nodes,

        @Doc("the ACL user to connect as; the default user when left out")
        Optional<String> user,

        @Doc("the user's password, or requirepass") Optional<Secret> password,

        @Doc("TLS to the servers; without this key there is none")
        Optional<ClientTls> tls) {

    private static final int PORT = 6379;

    public RedisServers {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("nodes: name at least one server");
        }
    }

    public RedisLink link(String node) {
        var address = Objects.requireNonNull(nodes.get(node), node);
        return new RedisLink(address.host(), address.port(PORT), user, password, tls);
    }
}
