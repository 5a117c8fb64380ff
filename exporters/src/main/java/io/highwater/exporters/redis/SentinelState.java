// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What one Sentinel says, at one moment: the fact that {@link SentinelView} works with.
 *
 * @param node its configured name
 * @param id by which the others know it
 * @param tilt whether it distrusts its own clock, and neither acts nor votes
 * @param masters by the name that the Sentinels share
 */
record SentinelState(String node, String id, boolean tilt, Map<String, Watched> masters) {

    /**
     * A master as one Sentinel sees it.
     *
     * @param address of the one that clients are sent to
     * @param runId of the process there, as of its last INFO
     * @param quorum how many Sentinels must find it down
     * @param configEpoch grows with each failover
     * @param others the other Sentinels
     */
    record Watched(String address, String runId, OptionalLong quorum, OptionalLong configEpoch, List<Peer> others) {}

    /** Another Sentinel, and whether it is reached. */
    record Peer(String id, boolean reached) {}
}
