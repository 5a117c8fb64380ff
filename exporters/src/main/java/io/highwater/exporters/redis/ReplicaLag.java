// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.DerivedFamilies.*;

import io.highwater.core.OffsetTimeline;
import io.highwater.core.OffsetTimeline.Lag;
import io.highwater.core.Samples;

/** How far a replica is behind the master that it follows, as samples. */
final class ReplicaLag {

    private ReplicaLag() {}

    static void add(ServerState replica, OffsetTimeline master, Samples out) {
        if (replica.offset().isEmpty()) {
            return;
        }
        long offset = replica.offset().getAsLong();
        switch (master.lag(replica.readNanos(), offset)) {
            case Lag.Known(double seconds) -> add(replica, seconds, "timeline", out);
            // Behind what the agent has seen. It had all until it heard from its master last, so that is never too low.
            case Lag.AtLeast(double seconds) ->
                replica.silence().ifPresent(silence -> add(replica, Math.max(seconds, silence), "node", out));
            case Lag.Unknown() -> {}
        }
        master.offset(replica.readNanos())
                .ifPresent(written -> out.add(LAG_BYTES, (double) Math.max(0, written - offset), replica.node()));
    }

    private static void add(ServerState replica, double seconds, String method, Samples out) {
        out.add(LAG_SECONDS, seconds, replica.node());
        out.add(LAG_METHOD, 1, replica.node(), method);
    }
}
