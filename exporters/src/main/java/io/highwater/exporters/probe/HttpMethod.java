// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

/** How something is asked for. */
enum HttpMethod {
    GET(false),
    HEAD(false),
    OPTIONS(true),
    POST(true),
    PUT(true),
    PATCH(true),
    DELETE(true);

    private final boolean takesBody;

    HttpMethod(boolean takesBody) {
        this.takesBody = takesBody;
    }

    boolean takesBody() {
        return takesBody;
    }

    /** What a redirect with this status makes of it. */
    HttpMethod redirected(int status) {
        return this == GET || this == HEAD || status == 307 || status == 308 ? this : GET;
    }
}
