// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler;

/** Whether there is work. */
public sealed interface Activity {

    /** There is: the workload needs a replica at least. */
    record Active() implements Activity {}

    /** There is none: the workload may go to zero. */
    record Idle() implements Activity {}

    /**
     * Nobody knows, which is neither.
     *
     * @param reason as in {@link Reading.Unknown}
     */
    record Unknown(String reason) implements Activity {}
}
