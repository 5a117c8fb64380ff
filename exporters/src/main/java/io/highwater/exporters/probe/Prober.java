// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;

/** Tries one thing from outside: plain blocking code, never run twice at once. */
interface Prober extends AutoCloseable {

    /**
     * Tries once. What was seen is added as far as it came, whether or not it ends well.
     *
     * @throws ProbeFailure if what was seen is not what is wanted
     * @throws CollectionException if it could not even be tried: a secret that cannot be read
     */
    void probe(Attempt attempt, Samples out) throws ProbeFailure, CollectionException, InterruptedException;

    /** Cuts an attempt that did not end at its deadline; called from another thread, must not wait. */
    default void abort() {}

    @Override
    default void close() {}
}
