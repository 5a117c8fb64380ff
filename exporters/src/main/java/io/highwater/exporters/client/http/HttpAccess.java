// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.http;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Who we are to HTTP servers, and what they are told beside the request.
 *
 * @param user with a password, for basic authentication
 * @param token in place of both, a bearer token
 * @param headers sent with every request; no secrets
 */
public record HttpAccess(
        Optional<String> user, Optional<Secret> password, Optional<Secret> token, Map<String, String> headers) {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

    /** What has a setting of its own, or is the client's business. */
    private static final Set<String> TAKEN = Set.of(
            "accept",
            "accept-encoding",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "cookie",
            "host",
            "proxy-authorization",
            "te",
            "transfer-encoding",
            "upgrade");

    /** Refuses with the key that is wrong, as settings do. */
    public HttpAccess {
        headers = Map.copyOf(headers);
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException(
                    (user.isPresent() ? "user" : "password") + ": user and password go together");
        }
        if (user.isPresent() && token.isPresent()) {
            throw new IllegalArgumentException("user: write user and password, or a token");
        }
        headers.forEach((name, value) -> checkHeader(name, value, TAKEN));
    }

    /**
     * Refuses what is no header, with the key {@code headers}.
     *
     * @param taken names in lower case that have a setting of their own, or are the client's business
     */
    public static void checkHeader(String name, String value, Set<String> taken) {
        if (taken.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("headers: " + name + " cannot be set here");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("headers: " + name + " is not the name of a header");
        }
        if (!isHeaderValue(value)) {
            throw new IllegalArgumentException("headers: " + name + " may have printable ASCII characters alone");
        }
    }

    /**
     * A URL as configured.
     *
     * @param key of the settings, for the refusal, and an example for it
     */
    public static HttpUrl url(String text, String key, String example) {
        try {
            // HttpUrl forgives and mends; URI does not.
            var uri = URI.create(text);
            var url = HttpUrl.parse(text);
            if (url != null && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IllegalArgumentException(key + ": write " + example + ", without user or password");
    }

    /** Whether a header can hold this: printable ASCII characters alone. */
    public static boolean isHeaderValue(String text) {
        return VALUE.matcher(text).matches();
    }

    /** A request that says all this. A secret is read now, so that a rotated one is used at once. */
    public Request.Builder request(HttpUrl url) throws CollectionException {
        var request = new Request.Builder().url(url);
        headers.forEach(request::header);
        if (user.isPresent() && password.isPresent()) {
            var login = Credentials.basic(user.get(), reveal(password.get()), StandardCharsets.UTF_8);
            request.header("Authorization", login);
        }
        if (token.isPresent()) {
            request.header("Authorization", "Bearer " + bearer(token.get()));
        }
        return request;
    }

    private static String bearer(Secret token) throws CollectionException {
        var text = reveal(token);
        if (!isHeaderValue(text)) {
            throw new CollectionException(Reason.AUTH, "token from " + token.origin() + ": not what a header can hold");
        }
        return text;
    }

    private static String reveal(Secret secret) throws CollectionException {
        try {
            return secret.reveal();
        } catch (IllegalStateException e) {
            throw new CollectionException(Reason.AUTH, String.valueOf(e.getMessage()), e);
        }
    }
}
