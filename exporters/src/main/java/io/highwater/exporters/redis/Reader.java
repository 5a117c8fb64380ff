// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import io.highwater.exporters.client.redis.Lane;

/** Reads one aspect of one server or Sentinel: its replies become samples. Used by one collection at a time. */
@FunctionalInterface
interface Reader {

    /** For a collector that has nothing to read there. */
    Reader NOTHING = (_, _) -> {};

    void read(Lane.Pipeline server, Samples out) throws CollectionException;
}
