// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import java.util.OptionalLong;

/**
 * Counters of one outbox that do not fall, although what they are made of may a little: a row is numbered before it is
 * committed, and a failover may lose the last ones. A fall by more than half is another history, such as statistics that
 * were reset, and begins anew.
 */
final class Watermarks {

    private long enqueued;
    private long processed;

    OptionalLong enqueued(OptionalLong now) {
        if (now.isEmpty()) {
            return now;
        }
        if (now.getAsLong() < enqueued / 2) {
            enqueued = 0;
            processed = 0;
        }
        enqueued = Math.max(enqueued, now.getAsLong());
        return OptionalLong.of(enqueued);
    }

    /** To be asked after {@link #enqueued}. */
    OptionalLong processed(OptionalLong now) {
        if (now.isEmpty()) {
            return now;
        }
        processed = Math.max(processed, now.getAsLong());
        return OptionalLong.of(processed);
    }
}
