// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static io.highwater.core.Family.gauge;

import io.highwater.core.Family;
import java.util.List;

/** What is told of a blockchain's nodes. */
final class ChainFamilies {

    private static final String BLOCK = "eth_getBlockByNumber of the latest; /info and /block/hash";

    static final Family UP = gauge("probe_chain_endpoint_up", "Whether the node answers.")
            .from("outcome of the requests")
            .by("endpoint");
    static final Family HEIGHT = gauge("probe_chain_height", "The height of the newest block that the node knows.")
            .from(BLOCK)
            .by("endpoint");
    static final Family AGE = gauge("probe_chain_head_age_seconds", "How old the newest block is that the node knows.")
            .from(BLOCK + "; the agent's clock")
            .by("endpoint");
    static final Family LAG = gauge(
                    "probe_chain_lag_blocks", "How many blocks the node is behind the one that is furthest.")
            .from("the heights of all endpoints of the probe")
            .by("endpoint");
    static final Family SYNCING = gauge("probe_chain_syncing", "Whether the node says that it is catching up.")
            .from("eth_syncing")
            .by("endpoint");
    static final Family PEERS = gauge("probe_chain_peers", "How many other nodes the node is connected to.")
            .from("net_peerCount; /info")
            .by("endpoint");

    static final List<Family> ALL = List.of(UP, HEIGHT, AGE, LAG, SYNCING, PEERS);

    private ChainFamilies() {}
}
