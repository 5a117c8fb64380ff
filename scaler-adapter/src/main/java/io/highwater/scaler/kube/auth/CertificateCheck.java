// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.auth;

import io.highwater.core.tls.Authorities;
import io.highwater.core.tls.Pem;
import io.highwater.core.tls.PemException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whether certificates of clients are of certain authorities: in their time, for clients, with an unbroken chain. */
final class CertificateCheck {

    /** A chain takes a millisecond, and one client comes with it in every request. */
    private static final Duration HOLDS = Duration.ofSeconds(30);

    private static final int MOST = 256;

    private final List<X509Certificate> authorities;
    private final X509ExtendedTrustManager trust;
    private final Remembered<List<X509Certificate>, Boolean> answers = new Remembered<>(MOST, HOLDS);

    private CertificateCheck(List<X509Certificate> authorities) throws GeneralSecurityException {
        this.authorities = authorities;
        this.trust = Authorities.trust(authorities);
    }

    /** @param key where the PEM was found, for the message of {@link PemException} */
    static CertificateCheck of(String pem, String key) {
        try {
            return new CertificateCheck(Pem.certificates(pem, key));
        } catch (GeneralSecurityException e) {
            throw new PemException(key + ": " + e.getMessage(), e);
        }
    }

    List<X509Certificate> authorities() {
        return authorities;
    }

    boolean accepts(List<X509Certificate> chain) throws InterruptedException {
        return answers.get(chain, this::verify, RuntimeException.class, () -> {});
    }

    private boolean verify(List<X509Certificate> chain) {
        try {
            trust.checkClientTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
            return true;
        } catch (CertificateException refused) {
            return false;
        }
    }
}
