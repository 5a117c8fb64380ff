// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Instant;

/**
 * What a {@link QueueProgram} did, noted by the lab's own script and not by the library.
 *
 * @param at by this machine's clock
 */
public record JobEvent(Kind kind, String queue, String job, Instant at) {

    /** COMPLETED and FAILED are what the job came to, just before the library hears of it. */
    public enum Kind {
        ADDED,
        STARTED,
        COMPLETED,
        FAILED
    }
}
