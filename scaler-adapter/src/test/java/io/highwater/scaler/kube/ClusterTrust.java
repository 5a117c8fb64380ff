// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.core.tls.Authorities;
import io.highwater.core.tls.Pem;
import io.highwater.lab.Certificates;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Clients that believe the cluster's servers, and show a certificate of their own. */
final class ClusterTrust {

    private static final char[] PASSWORD = {};

    private ClusterTrust() {}

    static SSLContext anonymous() throws Exception {
        return context(new KeyManager[0]);
    }

    static SSLContext with(Certificates authority, String alias) throws Exception {
        X509Certificate certificate = authority.of(alias);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                alias,
                Pem.privateKey(authority.key(alias), certificate.getPublicKey(), alias),
                PASSWORD,
                new X509Certificate[] {certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return context(factory.getKeyManagers());
    }

    private static SSLContext context(KeyManager[] keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager cluster = Authorities.trust(List.of(ClusterCertificates.CLUSTER.of("ca")));
        context.init(keys, new TrustManager[] {cluster}, null);
        return context;
    }
}
