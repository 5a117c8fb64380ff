// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import java.util.List;

/** What can happen to a Redis with Sentinels. */
final class SentinelDrills {

    static final List<Drill<SentinelStack>> ALL = List.of(Drill.<SentinelStack>quiet(
                    "Redis: a failover in time",
                    "the master is killed, the Sentinels make another one",
                    SentinelStack::failOver,
                    SentinelStack::startServers)
            .tickets("RedisNodeDown"));

    private SentinelDrills() {}
}
