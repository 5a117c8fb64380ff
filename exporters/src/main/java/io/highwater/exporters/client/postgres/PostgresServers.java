// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The servers of one cluster, and how to connect to a database of theirs. */
public record PostgresServers(
        @Doc("every node of the cluster: a stable name and where it listens")
        Map<String, PostgresNode> nodes,

        @Doc("the role to connect as") @Default("highwater") String user,

        @Doc("the role's password") Optional<Secret> password,

        @Doc("the database to connect to") @Default("postgres")
        String database,

        @Doc("how far TLS is asked for, as libpq's sslmode") @Default("prefer")
        SslMode sslMode,

        @Doc("the CA certificates that verify the server, PEM")
        Optional<Path> sslRootCert,

        @Doc("our client certificate, PEM") Optional<Path> sslCert,

        @Doc("the key of our client certificate, PKCS#8 in DER")
        Optional<Path> sslKey) {

    public PostgresServers {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("nodes: name at least one server");
        }
    }

    /** The same, in another database. */
    public PostgresServers in(String otherDatabase) {
        return new PostgresServers(nodes, user, password, otherDatabase, sslMode, sslRootCert, sslCert, sslKey);
    }
}
