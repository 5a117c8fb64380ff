// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A drill that was made; word that its page is over may come minutes later.
 *
 * @param cleared when its last critical alert had ended; empty when that was not waited for
 */
record Attempt(Drill<?> drill, Hearing hearing, Instant fault, Instant repaired, Optional<Instant> cleared) {

    /** Whether nothing more is to come. */
    boolean isOver() {
        return cleared.isEmpty()
                || hearing.paged().isEmpty()
                || hearing.resolved().isPresent();
    }

    /** As it is now. */
    Outcome outcome() {
        return new Outcome(
                drill,
                hearing.pages(),
                hearing.tickets(),
                hearing.infos(),
                hearing.inhibited(),
                hearing.outlived(),
                hearing.paged().map(page -> Duration.between(fault, page)),
                cleared.map(end -> Duration.between(repaired, end)),
                cleared.isEmpty() ? Optional.empty() : hearing.resolved().map(end -> Duration.between(repaired, end)));
    }
}
