// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * What a server of {@code localhost} shows to whom connects by TLS.
 *
 * @param chain its certificate and those between it and the authority, as far as it has them, PEM
 * @param key its private key, PEM
 * @param expires when its own certificate does
 * @param context the side of a server that is made in Java
 */
public record Site(String chain, String key, Instant expires, SSLContext context) {

    /** What may be wrong with it. */
    public enum Flaw {
        NONE,
        /** Its certificate is good for less than an hour. */
        EXPIRES_SOON,
        /** Its certificate was good until a day ago. */
        EXPIRED,
        /** Its certificate is for {@code elsewhere.internal}. */
        WRONG_HOST,
        /** It does not show the certificate of the authority that signed its own, which only the root's owner knows. */
        BROKEN_CHAIN,
        /** It signed its certificate itself. */
        STRANGER
    }

    /** {@code site.crt} and {@code site.key}, as nginx takes them. */
    public Map<String, String> files() {
        return Map.of("site.crt", chain, "site.key", key);
    }

    /** {@code site.pem} alone, as HAProxy takes it. */
    public Map<String, String> together() {
        return Map.of("site.pem", chain + key);
    }
}
