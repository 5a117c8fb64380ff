// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.exporters.client.Json;
import io.highwater.exporters.client.http.HttpLink;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A node that speaks Arweave's REST. It does not say whether it is catching up. */
final class ArweaveNode implements ChainNode {

    private final ChainEndpoint endpoint;

    ArweaveNode(ChainEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** What one reads of an answer, as it is read. */
    private static final class Reply {
        private @Nullable Long height;
        private @Nullable Long peers;
        private @Nullable Long timestamp;
        private @Nullable String current;
    }

    @Override
    public ChainHead head(HttpLink.Visit visit) throws CollectionException {
        var info = ChainReply.read(visit, endpoint.request("info").build(), "/info", ArweaveNode::reply);
        // From the node, and to become a part of a path.
        if (info.height == null || info.current == null || !info.current.matches("[A-Za-z0-9_-]{1,100}")) {
            throw new CollectionException(Reason.PROTOCOL, "/info: the answer has no block");
        }
        var request = endpoint.request("block", "hash", info.current).build();
        var block = ChainReply.read(visit, request, "/block/hash", ArweaveNode::reply);
        if (block.timestamp == null) {
            throw new CollectionException(Reason.PROTOCOL, "/block/hash: the answer has no timestamp");
        }
        return ChainHead.of(info.height, block.timestamp, Optional.empty(), Optional.ofNullable(info.peers));
    }

    private static Reply reply(Json json) throws IOException {
        var reply = new Reply();
        json.object(field -> {
            switch (field) {
                case "height" -> reply.height = json.whole();
                case "peers" -> reply.peers = json.whole();
                case "timestamp" -> reply.timestamp = json.whole();
                case "current" -> reply.current = json.text();
                default -> {} // what we do not ask for
            }
        });
        return reply;
    }
}
