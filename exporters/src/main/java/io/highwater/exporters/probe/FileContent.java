// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Secret;
import io.highwater.core.tls.Pem;
import io.highwater.core.tls.PemException;
import io.highwater.exporters.client.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file holds, as far as one may say. No exception of what reads it is passed on, and no message of one: they may
 * quote what they could not read.
 *
 * @param certificates how many
 * @param keys how many private ones
 * @param expires the first of the certificates
 */
record FileContent(int certificates, int keys, Optional<Instant> expires) {

    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----");
    private static final Pattern CERTIFICATE = Pattern.compile("-----BEGIN CERTIFICATE-----");

    static FileContent ofPem(byte[] bytes) throws ProbeFailure {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        int keys = (int) PRIVATE_KEY.matcher(text).results().count();
        if (!CERTIFICATE.matcher(text).find()) {
            if (keys == 0) {
                throw broken("neither a certificate nor a private key in PEM");
            }
            return new FileContent(0, keys, Optional.empty());
        }
        try {
            return of(Pem.certificates(text, "the file"), keys);
        } catch (PemException e) {
            throw broken("PEM that cannot be read");
        }
    }

    /** Certificates and keys, each with the chain that belongs to it. */
    static FileContent ofPkcs12(byte[] bytes, Secret password) throws ProbeFailure {
        var secret = password.reveal().toCharArray();
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), secret);
            var certificates = new HashSet<X509Certificate>();
            int keys = 0;
            for (var alias : Collections.list(store.aliases())) {
                keys += store.isKeyEntry(alias) ? 1 : 0;
                var chain = store.getCertificateChain(alias);
                for (var one : chain == null ? List.of(store.getCertificate(alias)) : List.of(chain)) {
                    if (one instanceof X509Certificate certificate) {
                        certificates.add(certificate);
                    }
                }
            }
            return of(List.copyOf(certificates), keys);
        } catch (GeneralSecurityException | IOException e) {
            throw broken("no PKCS#12 that this password opens");
        }
    }

    /** One key, or a set of them. */
    static FileContent ofJwk(byte[] bytes) throws ProbeFailure {
        try {
            var keys = Json.read(new ByteArrayInputStream(bytes), "the file", JwkReader::keys);
            if (keys.isEmpty()) {
                throw broken("no key in JSON");
            }
            return new FileContent(
                    0, (int) keys.stream().filter(JwkReader.Key::isPrivate).count(), Optional.empty());
        } catch (CollectionException | IOException e) {
            throw broken("no key in JSON");
        }
    }

    private static FileContent of(List<X509Certificate> certificates, int keys) {
        var first = certificates.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder());
        return new FileContent(certificates.size(), keys, first);
    }

    private static ProbeFailure broken(String what) {
        return new ProbeFailure(FailureReason.BODY, "the file holds " + what);
    }
}
