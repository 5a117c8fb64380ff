// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.exporters.client.postgres.PolledTable;

/** A configured table of work. */
sealed interface WorkTable extends PolledTable<Numbers> permits OutboxQuery, ClaimQuery {

    @Override
    default String guide() {
        return "docs/backends/outbox.md";
    }
}
