// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Samples;
import io.highwater.core.Texts;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What tells one certificate from another, in the form that the blackbox exporter gives it. */
record CertificateLabels(String fingerprint, String subject, String issuer, String names, String serial) {

    /** Of a certificate for hundreds of hosts, the first are enough. */
    private static final int LONGEST = 500;

    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    static CertificateLabels of(X509Certificate certificate) {
        return new CertificateLabels(
                fingerprint(certificate),
                cut(certificate.getSubjectX500Principal().getName()),
                cut(certificate.getIssuerX500Principal().getName()),
                cut(names(certificate)),
                hex(certificate.getSerialNumber()));
    }

    /** Of whole bytes, as others show serial numbers. */
    static String hex(BigInteger number) {
        var digits = number.toString(16);
        return digits.length() % 2 == 0 ? digits : "0" + digits;
    }

    void addTo(Samples out) {
        out.add(CertificateFamilies.LEAF, 1, fingerprint, subject, issuer, names, serial);
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            return "";
        }
    }

    private static String names(X509Certificate certificate) {
        try {
            return Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.<List<?>>of()).stream()
                    .filter(name ->
                            name.getFirst().equals(DNS) || name.getFirst().equals(ADDRESS))
                    .map(name -> String.valueOf(name.get(1)))
                    .collect(Collectors.joining(","));
        } catch (CertificateParsingException e) {
            return "";
        }
    }

    private static String cut(String text) {
        return Texts.cut(text, LONGEST);
    }
}
