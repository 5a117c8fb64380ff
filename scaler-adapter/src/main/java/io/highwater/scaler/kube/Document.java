// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.core.web.Request;
import io.highwater.core.web.Response;
import io.highwater.scaler.kube.client.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A page that is the same as long as the program runs.
 *
 * @param hash of its bytes, for {@code ETag} and for addresses that never change what they mean
 */
record Document(String contentType, List<byte[]> body, String hash) {

    static Document of(Map<String, ?> json) {
        return of("application/json", json);
    }

    static Document of(String contentType, Map<String, ?> json) {
        byte[] body = Json.write(json);
        return new Document(contentType, List.of(body), hash(body));
    }

    /** 304 for a client that has it. */
    Response answer(Request request) {
        String tag = '"' + hash + '"';
        boolean known = request.headers().getOrDefault("if-none-match", List.of()).stream()
                .anyMatch(tags -> tags.contains(tag));
        Response response = known ? Response.of(304, contentType, List.of()) : Response.of(200, contentType, body);
        return response.with("ETag", tag).with("Vary", "Accept").with("Cache-Control", "public");
    }

    private static String hash(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(body);
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
