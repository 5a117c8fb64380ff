// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.Json;
import io.highwater.exporters.client.http.BoundedBody;
import io.highwater.exporters.client.http.HttpLink;
import okhttp3.Request;

/** A node's answer in JSON. A block may have thousands of transactions, and no more than fit. */
final class ChainReply {

    private static final long MOST_BYTES = 16L << 20;

    private ChainReply() {}

    static <T> T read(HttpLink.Visit visit, Request request, String what, Json.DocumentReader<T> reader)
            throws CollectionException {
        return visit.send(request, what, response -> {
            if (response.code() != 200) {
                throw HttpLink.unexpected(what, response.code());
            }
            return Json.read(BoundedBody.of(response.body(), MOST_BYTES), what, reader);
        });
    }
}
