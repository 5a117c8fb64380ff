// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a handler answers.
 *
 * @param headers in addition to {@code Content-Type} and {@code Content-Length}
 * @param body parts that are written one after the other and never copied as a whole, so that many responses can share
 *     large rendered pages; nobody may change them afterwards
 */
public record Response(int status, String contentType, Map<String, String> headers, List<byte[]> body) {

    private static final String PLAIN = "text/plain; charset=utf-8";

    public Response {
        headers = Map.copyOf(headers);
        body = List.copyOf(body);
    }

    public static Response of(int status, String contentType, List<byte[]> body) {
        return new Response(status, contentType, Map.of(), body);
    }

    /** 200 with the parts of a rendered page. */
    public static Response ok(String contentType, List<byte[]> body) {
        return of(200, contentType, body);
    }

    /** Plain text; a line end is added. */
    public static Response text(int status, String text) {
        return of(status, PLAIN, List.of((text + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    public static Response html(String page) {
        return ok("text/html; charset=utf-8", List.of(page.getBytes(StandardCharsets.UTF_8)));
    }

    public static Response json(int status, String json) {
        return of(status, "application/json", List.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    public Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, contentType, more, body);
    }

    /** Bytes of the body. */
    public long length() {
        long sum = 0;
        for (byte[] part : body) {
            sum += part.length;
        }
        return sum;
    }
}
