// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.exporters.client.Json;
import io.highwater.exporters.client.http.HttpLink;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** A node that speaks Ethereum's JSON-RPC. */
final class EthereumNode implements ChainNode {

    private static final MediaType JSON = MediaType.get("application/json");

    private static final Pattern QUANTITY = Pattern.compile("0x[0-9a-fA-F]{1,16}");

    private final ChainEndpoint endpoint;

    EthereumNode(ChainEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** What one reads of a reply, as it is read. */
    private static final class Reply {
        private @Nullable String text;
        private @Nullable Boolean bool; // an object says as much as true
        private @Nullable Long number;
        private @Nullable Long timestamp;
        private boolean refused;
    }

    @Override
    public ChainHead head(HttpLink.Visit visit) throws CollectionException {
        // Height and time of one block, in one answer: of two, they could be of different ones.
        var block = call(visit, "eth_getBlockByNumber", "[\"latest\", false]");
        if (block.number == null || block.timestamp == null) {
            throw new CollectionException(Reason.PROTOCOL, "eth_getBlockByNumber: the answer has no block");
        }
        return ChainHead.of(
                block.number,
                block.timestamp,
                asked(visit, "eth_syncing").map(reply -> reply.bool),
                asked(visit, "net_peerCount").map(reply -> reply.text).map(EthereumNode::quantity));
    }

    /** Empty when the node does not take the question, as hosted ones often do not. */
    private Optional<Reply> asked(HttpLink.Visit visit, String method) throws CollectionException {
        try {
            return Optional.of(call(visit, method, "[]"));
        } catch (CollectionException e) {
            if (e.reason() == Reason.TIMEOUT) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Reply call(HttpLink.Visit visit, String method, String parameters) throws CollectionException {
        var body =
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"%s\", \"params\": %s}".formatted(method, parameters);
        var request = endpoint.request().post(RequestBody.create(body, JSON)).build();
        var reply = ChainReply.read(visit, request, method, EthereumNode::reply);
        if (reply.refused) {
            throw new CollectionException(Reason.PROTOCOL, method + ": the node answers with an error");
        }
        return reply;
    }

    private static Reply reply(Json json) throws IOException {
        var reply = new Reply();
        json.object(field -> {
            if (field.equals("error")) {
                reply.refused = json.isObject();
            } else if (field.equals("result")) {
                readResult(json, reply);
            }
        });
        return reply;
    }

    /** The three results: a block, a number, and whether it is syncing, which is false or how far it is. */
    private static void readResult(Json json, Reply reply) throws IOException {
        if (json.isObject()) {
            reply.bool = true;
            json.object(field -> {
                if (field.equals("number") && json.isText()) {
                    reply.number = quantity(json.text());
                } else if (field.equals("timestamp") && json.isText()) {
                    reply.timestamp = quantity(json.text());
                }
            });
        } else if (json.isText()) {
            reply.text = json.text();
        } else if (json.isBool()) {
            reply.bool = json.bool();
        }
    }

    /** A number in hexadecimal digits after 0x. */
    private static @Nullable Long quantity(String text) {
        try {
            return QUANTITY.matcher(text).matches() ? Long.parseLong(text, 2, text.length(), 16) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
