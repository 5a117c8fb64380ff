// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.exporters.client.http.HttpAccess;
import java.util.Map;
import java.util.Set;

/** Headers of the configuration. */
final class HttpHeaders {

    /** What has a setting of its own, or is the client's business. */
    private static final Set<String> TAKEN = Set.of(
            "authorization",
            "connection",
            "content-length",
            "proxy-authorization",
            "te",
            "transfer-encoding",
            "upgrade");

    private HttpHeaders() {}

    /** @throws IllegalArgumentException that starts with {@code headers} */
    static void check(Map<String, String> headers) {
        headers.forEach((name, value) -> HttpAccess.checkHeader(name, value, TAKEN));
    }

    /** @throws IllegalArgumentException that starts with {@code body} */
    static void checkBody(HttpMethod method, boolean body) {
        if (body && !method.takesBody()) {
            throw new IllegalArgumentException("body: a " + method + " has none");
        }
    }
}
