// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static io.highwater.core.Family.compatible;

import io.highwater.core.Family;
import io.highwater.core.Family.Kind;
import java.util.List;

/** What is told of TLS and of the certificates that a server shows, accepted or not. */
final class CertificateFamilies {

    static final Family EARLIEST_EXPIRY = compatible(
                    "probe_ssl_earliest_cert_expiry",
                    Kind.GAUGE,
                    "When the first of the certificates that the server shows expires, in seconds since 1970.")
            .from("TLS handshake");
    static final Family PATH_EXPIRY = compatible(
                    "probe_ssl_last_chain_expiry_timestamp_seconds",
                    Kind.GAUGE,
                    "When the chain from the server's certificate to an authority that we trust expires.")
            .from("TLS handshake, the authorities that are trusted");
    static final Family LEAF = compatible(
                    "probe_ssl_last_chain_info", Kind.INFO, "The certificate that the server shows first.")
            .from("TLS handshake")
            .by("fingerprint_sha256", "subject", "issuer", "subjectalternative", "serialnumber");
    static final Family VERSION = compatible("probe_tls_version_info", Kind.INFO, "The version of TLS.")
            .from("TLS handshake")
            .by("version");
    static final Family CIPHER = compatible("probe_tls_cipher_info", Kind.INFO, "The cipher suite of TLS.")
            .from("TLS handshake")
            .by("cipher");

    static final List<Family> ALL = List.of(EARLIEST_EXPIRY, PATH_EXPIRY, LEAF, VERSION, CIPHER);

    private CertificateFamilies() {}
}
