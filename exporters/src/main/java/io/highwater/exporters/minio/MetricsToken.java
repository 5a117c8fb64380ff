// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.Secret;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bearer token that MinIO's metrics want, as {@code mc admin prometheus generate} makes it: a JSON Web Token that the
 * secret key signs. Made anew for every collection, so that a rotated key is used at once and none is of use for long.
 */
final class MetricsToken {

    /** Longer than a clock is wrong; the server refuses one that has expired by its own. */
    private static final long VALID_SECONDS = 3600;

    private static final String HEADER = "{\"alg\":\"HS512\",\"typ\":\"JWT\"}";
    private static final String MAC = "HmacSHA512";
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    private final MinioSettings settings;

    MetricsToken(MinioSettings settings) {
        this.settings = settings;
    }

    /** Empty when nothing is configured, for servers whose metrics are public. */
    Optional<String> now() throws CollectionException {
        if (settings.token().isPresent()) {
            return Optional.of(given(settings.token().get()));
        }
        if (settings.accessKey().isEmpty() || settings.secretKey().isEmpty()) {
            return Optional.empty();
        }
        var claims = "{\"sub\":\"" + settings.accessKey().get() + "\",\"iss\":\"prometheus\",\"exp\":"
                + (Instant.now().getEpochSecond() + VALID_SECONDS) + "}";
        var signed = base64(HEADER.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        return Optional.of(signed + "."
                + base64(signature(signed, reveal(settings.secretKey().get()))));
    }

    private static String given(Secret token) throws CollectionException {
        var text = reveal(token);
        if (!PRINTABLE.matcher(text).matches()) {
            throw new CollectionException(Reason.AUTH, "token from " + token.origin() + ": not what a header can hold");
        }
        return text;
    }

    private static byte[] signature(String text, String key) throws CollectionException {
        if (key.isEmpty()) {
            throw new CollectionException(Reason.AUTH, "secretKey: is empty");
        }
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), MAC));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + MAC, e);
        }
    }

    private static String reveal(Secret secret) throws CollectionException {
        try {
            return secret.reveal();
        } catch (IllegalStateException e) {
            throw new CollectionException(Reason.AUTH, String.valueOf(e.getMessage()), e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
