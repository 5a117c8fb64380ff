// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.core.Backlog;
import io.highwater.core.Samples;
import java.util.stream.Stream;

/** What follows from the numbers of one table. */
sealed interface Series permits OutboxSeries, ClaimSeries {

    void add(Samples out);

    /** The work in it, as every kind of work is told of. */
    Stream<Backlog> backlogs(long readNanos);
}
