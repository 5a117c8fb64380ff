// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.exporters.client.postgres.TableReading;
import java.util.List;

/**
 * What a server said of its role, and what was read there: facts that {@link OutboxView} works with.
 *
 * @param readings of the tables that are read quickly; none on a replica
 */
record ServerState(TableReading.Server server, List<TableReading<WorkTable, Numbers>> readings) {

    ServerState {
        readings = List.copyOf(readings);
    }

    /** What was read of the tables that are not read quickly; some of it a while ago. */
    record Apart(List<TableReading<WorkTable, Numbers>> readings) {
        Apart {
            readings = List.copyOf(readings);
        }
    }
}
