// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

/** Is told of every collection: logs, self-metrics, the status page. Called from the collections' own threads. */
public interface CollectionObserver {

    /** A collection ended; {@code slot.latest()} is still the one before. */
    void collected(Slot slot, Snapshot snapshot);

    /** A collection's time came and it did not run: the one before is still in flight, or a back-off goes on. */
    void skipped(Slot slot, Skip why);

    /** Why a collection did not run. */
    enum Skip {
        /** The one before is still in flight. */
        OVERRUN,
        /** The backend turned our credentials down; we wait before we show them again. */
        BACKOFF
    }
}
