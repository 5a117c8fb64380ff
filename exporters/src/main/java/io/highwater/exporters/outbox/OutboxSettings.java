// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.OfComponent;
import io.highwater.exporters.client.postgres.PostgresServers;
import java.util.Map;
import java.util.Optional;

/** What the configuration says of one cluster's tables of work, under {@code clusters.<name>.outbox}. */
public record OutboxSettings(
        @Doc("the servers that the tables are on, and how to connect") @OfComponent("postgres")
        PostgresServers postgres,

        @Doc("the database with the tables, when it is another than the connection's")
        Optional<String> database,

        @Doc("outboxes by the names that they have in labels") @Default("{}")
        Map<String, OutboxTable> tables,

        @Doc("tables of rows that are claimed, by the names that they have in labels") @Default("{}")
        Map<String, ClaimTable> claims) {

    public OutboxSettings {
        if (tables.isEmpty() && claims.isEmpty()) {
            throw new IllegalArgumentException("name at least one table under tables or claims");
        }
        if (tables.containsKey("") || claims.containsKey("")) {
            throw new IllegalArgumentException("a table's name is not empty");
        }
    }

    /** The servers, and the database that is asked. */
    PostgresServers servers() {
        return database.map(postgres::in).orElse(postgres);
    }
}
