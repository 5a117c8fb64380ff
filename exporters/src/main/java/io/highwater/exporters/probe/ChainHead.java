// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest block that a node knows, and how the node is.
 *
 * @param time that the block says it was made at
 * @param syncing whether the node says that it is catching up; empty when it does not say
 * @param peers how many other nodes it is connected to; empty when it does not say
 */
record ChainHead(long height, Instant time, Optional<Boolean> syncing, Optional<Long> peers) {

    /** The year 10000, at which four digits end. */
    private static final long LATEST = 253_402_300_800L;

    /**
     * What a node said, if it can be.
     *
     * @param seconds since 1970 by which the block says it was made
     * @throws CollectionException if no block has such a height or time
     */
    static ChainHead of(long height, long seconds, Optional<Boolean> syncing, Optional<Long> peers)
            throws CollectionException {
        if (height < 0 || seconds < 0 || seconds >= LATEST) {
            throw new CollectionException(
                    Reason.PROTOCOL, "the block has the height " + height + " and the time " + seconds);
        }
        return new ChainHead(height, Instant.ofEpochSecond(seconds), syncing, peers.filter(count -> count >= 0));
    }
}
