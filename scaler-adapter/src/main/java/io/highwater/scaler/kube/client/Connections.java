// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.client;

import io.highwater.core.tls.Authorities;
import io.highwater.core.tls.Pem;
import io.highwater.core.tls.PemException;
import io.highwater.core.web.FileStamp;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/** Connections to the API server by the certificates as they are in their files now. */
final class Connections implements AutoCloseable {

    /** Half of one is how long a server may be gone before a request on an idle connection notices. */
    private static final Duration PING = Duration.ofSeconds(10);

    private static final char[] NO_PASSWORD = {};

    private final Access access;
    private Optional<Made> made = Optional.empty();

    Connections(Access access) {
        this.access = access;
    }

    private record Made(List<FileStamp> stamps, OkHttpClient client) {
        void close() {
            client.connectionPool().evictAll();
        }
    }

    synchronized OkHttpClient current() throws ApiServerException {
        List<FileStamp> stamps = access.stamps();
        if (made.isEmpty() || !made.get().stamps.equals(stamps)) {
            Made next = new Made(stamps, client());
            made.ifPresent(Made::close);
            made = Optional.of(next);
        }
        return made.get().client;
    }

    private OkHttpClient client() throws ApiServerException {
        try {
            X509TrustManager trust = access.verify() ? Authorities.trust(authorities()) : new TrustsAnyone();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity(), new TrustManager[] {trust}, null);
            var builder = new OkHttpClient.Builder()
                    .connectionPool(new ConnectionPool(4, 5, TimeUnit.MINUTES))
                    .connectTimeout(Duration.ofSeconds(5))
                    .pingInterval(PING)
                    .followRedirects(false)
                    .followSslRedirects(false)
                    .sslSocketFactory(context.getSocketFactory(), trust);
            if (!access.verify()) {
                builder.hostnameVerifier((_, _) -> true);
            }
            return builder.build();
        } catch (GeneralSecurityException | PemException e) {
            throw new ApiServerException("TLS to the API server: " + e.getMessage(), e);
        }
    }

    private List<X509Certificate> authorities() throws ApiServerException {
        return access.authority().isEmpty()
                ? List.of()
                : certificates(access.authority().get());
    }

    private static List<X509Certificate> certificates(Source source) throws ApiServerException {
        return Pem.certificates(source.text(), source.toString());
    }

    private KeyManager[] identity() throws ApiServerException, GeneralSecurityException {
        if (access.certificate().isEmpty() || access.key().isEmpty()) {
            return new KeyManager[0];
        }
        Source key = access.key().get();
        List<X509Certificate> chain = certificates(access.certificate().get());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException neverWithoutAFile) {
            throw new GeneralSecurityException(neverWithoutAFile);
        }
        store.setKeyEntry(
                "client",
                Pem.privateKey(key.text(), chain.getFirst().getPublicKey(), key.toString()),
                NO_PASSWORD,
                chain.toArray(X509Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    @Override
    public synchronized void close() {
        made.ifPresent(Made::close);
        made = Optional.empty();
    }
}
