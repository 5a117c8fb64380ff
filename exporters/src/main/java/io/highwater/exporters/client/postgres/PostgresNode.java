// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One server.
 *
 * @param address {@code host:port}; the port is 5432 when left out
 * @param replica how it gets its data when it is not the primary
 */
public record PostgresNode(
        @Doc("host:port, the port 5432 when left out") String address,

        @Doc("logical for a server that is written to by logical replication, and is no standby") @Default("physical")
        Replication replica) {

    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:/@\\s]+)(:\\d{1,5})?");

    /** How a replica gets its data. */
    public enum Replication {
        PHYSICAL,
        LOGICAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public PostgresNode {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "address: write host:port, without user, password or database; IPv6 as [::1]:5432");
        }
    }

    String hostAndPort() {
        return address.matches(".*:\\d+$") ? address : address + ":5432";
    }
}
