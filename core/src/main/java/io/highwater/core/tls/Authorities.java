// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Certificate authorities that are trusted. */
public final class Authorities {

    private Authorities() {}

    /** Decides by the JDK's rules about chains of these; of those that the JDK trusts when there are none. */
    public static X509ExtendedTrustManager trust(List<X509Certificate> authorities) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(authorities.isEmpty() ? null : store(authorities));
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("this JDK has no X.509 trust manager"));
    }

    private static KeyStore store(List<X509Certificate> authorities) throws GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException neverWithoutAFile) {
            throw new GeneralSecurityException(neverWithoutAFile);
        }
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        return store;
    }
}
