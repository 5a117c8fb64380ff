// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What one server says of itself at its monitoring port.
 *
 * @param node its configured name
 * @param name its own name, by which the others know it
 * @param jetStream whether JetStream is on
 * @param meta the group that keeps what streams and consumers there are; null outside of a cluster
 * @param pendingRequests what waits for the meta group, on its leader
 * @param syncSeconds how long what is written may stay in memory alone; 0 when each write is synced; empty without
 *     JetStream
 */
record ServerState(
        String node,
        String name,
        boolean jetStream,
        @Nullable RaftGroup meta,
        long pendingRequests,
        OptionalDouble syncSeconds) {}
