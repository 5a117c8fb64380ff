// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** What one reading of a table of work found. Times are seconds since 1970 and ages are by the server's clock. */
sealed interface Numbers {

    /** The server's time of the reading. */
    double at();

    /**
     * A count that stops at the cap.
     *
     * @param capped whether there are more
     */
    record Count(long rows, boolean capped) {

        /** @param rows counted to one above the cap */
        static Count of(long rows, int cap) {
            return new Count(Math.min(rows, cap), rows > cap);
        }
    }

    /**
     * What one key of the partition has pending.
     *
     * @param oldest since when the oldest could have been processed
     */
    record Key(String key, long rows, OptionalDouble oldest) {}

    /**
     * Counters that the server keeps anyway; absent where it does not, or not rightly.
     *
     * @param processed absent where it follows from the numbering
     * @param numbering where a sequence numbers the rows
     */
    record Counters(
            OptionalLong enqueued, OptionalLong processed, OptionalLong workers, Optional<Numbering> numbering) {
        static final Counters UNKNOWN =
                new Counters(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }

    /**
     * Rows that were numbered, and those that are not done.
     *
     * @param remaining absent beyond the cap
     * @param writers transactions that may have numbered rows that nobody sees before they end
     */
    record Numbering(long numbered, OptionalLong remaining, Set<String> writers) {}

    /**
     * An outbox.
     *
     * @param scheduled absent without notBefore
     * @param oldest since when the oldest pending one could have been processed
     * @param dead absent when nothing says which are
     * @param retries absent without attempts
     * @param keys how many partition keys have pending rows
     */
    record Outbox(
            double at,
            Count pending,
            Optional<Count> scheduled,
            OptionalDouble oldest,
            Optional<Count> dead,
            OptionalLong retries,
            OptionalLong keys,
            List<Key> topKeys,
            Counters counters)
            implements Numbers {

        /** How long ago that was; never below 0, whatever the writer's clock said. */
        double age(double since) {
            return Math.max(0, at - since);
        }
    }

    /**
     * Rows of one state.
     *
     * @param stuck those in it for longer than its limit; absent without one
     */
    record InState(String state, Count rows, OptionalDouble oldest, OptionalLong stuck) {}

    /** A table of claims. */
    record Claims(double at, List<InState> states) implements Numbers {
        double age(double since) {
            return Math.max(0, at - since);
        }
    }
}
