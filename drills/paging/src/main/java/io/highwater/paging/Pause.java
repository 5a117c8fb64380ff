// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import java.time.Duration;

/** A drill's way to let time pass. */
final class Pause {

    private Pause() {}

    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the middle of a drill", e);
        }
    }
}
