// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

/** Collects one aspect of one target: plain blocking code on one virtual thread, never run twice at once. */
public interface Collector {

    /** For a collector that has nothing to do with the settings that there are: it is not run at all. */
    Collector NONE = _ -> {};

    /**
     * Asks the backend and adds what it said. Interrupted at its deadline; whatever it throws becomes the
     * {@link Outcome.Failed} of this collection, and nothing of it is published. Where a failure is itself what was to
     * be seen, {@link Samples#fail} says so.
     */
    void collect(Samples out) throws Exception;

    /**
     * Is told once, before the first collection, how to ask for one out of turn: for a backend that itself says when
     * something changed. May be called from any thread at any time; of calls in quick succession the first is followed at
     * once, and all others together.
     */
    default void onChange(Runnable collectSoon) {}

    /**
     * Cuts a collection that did not end at its deadline; called from another thread, and again at every turn until it
     * has ended. Must not wait itself.
     */
    default void abort() {}
}
