// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

/** One open target: the connections that its collectors share. */
public interface Session extends AutoCloseable {

    /** The collector of that {@link CollectorSpec#name}, or {@link Collector#NONE}. */
    Collector collector(CollectorSpec spec, Schedule schedule);

    /** Closes every connection, without waiting for the other end; a collection in flight fails. */
    @Override
    void close();
}
