// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The way from a server's certificate to an authority that is trusted. */
final class TrustedPath {

    private static final int LONGEST = 10;

    private TrustedPath() {}

    /**
     * Finds the one whose next step is always the shortest: an authority rather than another certificate.
     *
     * @param shown the server's own first; accepted
     * @return both ends included; empty when there is none, as when nobody looked
     */
    static List<X509Certificate> of(List<X509Certificate> shown, List<X509Certificate> authorities) {
        var path = new ArrayList<X509Certificate>();
        var next = Optional.of(shown.getFirst());
        while (next.isPresent() && path.size() < LONGEST) {
            var certificate = next.get();
            path.add(certificate);
            if (authorities.contains(certificate)) {
                return path;
            }
            next = Stream.of(authorities, shown)
                    .flatMap(List::stream)
                    .filter(issuer -> !path.contains(issuer) && signed(issuer, certificate))
                    .findFirst();
        }
        return List.of();
    }

    private static boolean signed(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
