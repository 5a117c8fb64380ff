// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * One request, all of it known.
 *
 * @param login the value of the header {@code Authorization}
 */
record HttpAsk(HttpMethod method, HttpUrl url, Map<String, String> headers, Optional<String> login, String body) {

    /**
     * What a redirect makes of it. Another origin hears neither the login nor a header of ours.
     *
     * @throws ProbeFailure if another origin is to have the body, in which a password may stand
     */
    HttpAsk redirected(int status, HttpUrl to) throws ProbeFailure {
        var next = method.redirected(status);
        var kept = next == method ? body : "";
        if (isSameOrigin(url, to)) {
            return new HttpAsk(next, to, headers, login, kept);
        }
        if (!kept.isEmpty()) {
            throw new ProbeFailure(
                    FailureReason.REDIRECT,
                    where() + " leads to " + origin(to) + " with its body, which no other server is to have");
        }
        return new HttpAsk(next, to, Map.of(), Optional.empty(), "");
    }

    static boolean isSameOrigin(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme()) && one.host().equals(other.host()) && one.port() == other.port();
    }

    Request request() {
        var content = method.takesBody() ? RequestBody.create(body.getBytes(StandardCharsets.UTF_8)) : null;
        var request = new Request.Builder().url(url).method(method.name(), content);
        request.header("User-Agent", "highwater");
        login.ifPresent(value -> request.header("Authorization", value));
        headers.forEach(request::header);
        return request.build();
    }

    /** Where to, for messages: a query may hold what is nobody's business. */
    String where() {
        return origin(url) + url.encodedPath();
    }

    /** As in {@code https://pay.example}. */
    static String origin(HttpUrl url) {
        boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
        var server = new HostPort(url.host(), url.port()).toString();
        return url.scheme() + "://" + (usual ? server.substring(0, server.lastIndexOf(':')) : server);
    }
}
