// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import io.highwater.core.web.Response;
import java.util.List;
import java.util.Map;

/** Answers of an API server. */
public final class Body {

    private Body() {}

    /** One that nobody may keep. */
    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, contentType, Map.of("Cache-Control", "no-cache, private"), List.of(body));
    }
}
