// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.http.HttpLink;

/** Asks one node of a blockchain for its head. */
interface ChainNode {

    ChainHead head(HttpLink.Visit visit) throws CollectionException;

    static ChainNode of(ChainSettings.Protocol protocol, ChainEndpoint endpoint) {
        return switch (protocol) {
            case ETHEREUM -> new EthereumNode(endpoint);
            case ARWEAVE -> new ArweaveNode(endpoint);
        };
    }
}
