// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

/** A stream or a consumer, as one server says at one moment. */
interface Asset {

    /** Who holds it. */
    RaftGroup group();

    /** When that arrived here, on the {@link System#nanoTime} scale. */
    long readNanos();
}
