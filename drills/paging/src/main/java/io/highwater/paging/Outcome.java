// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What people were told in one drill.
 *
 * @param pages the alerts that they were woken with, or would be by the next page
 * @param inhibited what fired and was explained by another alert
 * @param outlived critical alerts that went on for a while when the one that explained them had ended
 * @param toPage from the fault to the first page
 * @param cleared from the end of the repair to the end of the last critical alert
 * @param toResolved from the end of the repair to the word that it is over
 */
record Outcome(
        Drill<?> drill,
        Set<String> pages,
        Set<String> tickets,
        Set<String> infos,
        Set<String> inhibited,
        Set<String> outlived,
        Optional<Duration> toPage,
        Optional<Duration> cleared,
        Optional<Duration> toResolved) {

    /** Whether it was exactly the page that was expected, and the tickets when nobody was to be woken. */
    boolean asExpected() {
        return pages.equals(drill.pages()) && (!drill.isQuiet() || tickets.equals(drill.tickets()));
    }
}
