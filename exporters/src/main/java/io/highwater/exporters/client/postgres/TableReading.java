// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import java.util.Optional;

/**
 * One table as it was read last.
 *
 * @param by as what the server was read: what it said as another is not believed any more
 * @param readNanos when the answer was there, on the {@link System#nanoTime} scale
 * @param expiresNanos until when it may be shown, on the same scale
 * @param seconds how long the reading took
 * @param wholeTable the large table that is read from beginning to end for want of an index; empty when none is
 * @param numbers what was found; empty when it could not be read, or was not yet
 * @param note for people; empty when there is nothing to say
 */
public record TableReading<T extends PolledTable<N>, N>(
        T table,
        Server by,
        long readNanos,
        long expiresNanos,
        double seconds,
        Optional<String> wholeTable,
        Optional<N> numbers,
        String note) {

    /**
     * A server from its start on: one that is primary then stays it until it ends.
     *
     * @param startedAt by its own clock
     */
    public record Server(String node, boolean inRecovery, String startedAt) {}
}
