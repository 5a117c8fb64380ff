// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import io.highwater.core.web.Response;

/** In which form a client wants its answer. */
public enum Encoding {
    JSON("application/json") {
        @Override
        public Response response(ValueList list) {
            return Body.of(200, JSON.mediaType(), JsonForm.write(list));
        }
    },
    PROTOBUF("application/vnd.kubernetes.protobuf") {
        @Override
        public Response response(ValueList list) {
            return Body.of(200, PROTOBUF.mediaType(), ProtobufForm.write(list));
        }
    };

    private final String mediaType;

    Encoding(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    public abstract Response response(ValueList list);
}
