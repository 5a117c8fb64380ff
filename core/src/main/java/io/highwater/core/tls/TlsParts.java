// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.tls;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What a client's contexts are made of, read from files once.
 *
 * @param identity who we are; empty when we have no certificate
 * @param trust decides about servers
 */
public record TlsParts(List<KeyManager> identity, X509ExtendedTrustManager trust) {

    public TlsParts {
        identity = List.copyOf(identity);
    }

    /**
     * A new context, which knows no session of another.
     *
     * @param decides about servers: {@link #trust}, or who looks on
     */
    public SSLContext context(X509ExtendedTrustManager decides) throws CollectionException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(identity.toArray(KeyManager[]::new), new TrustManager[] {decides}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new CollectionException(Reason.AUTH, "tls: " + e.getMessage(), e);
        }
    }
}
