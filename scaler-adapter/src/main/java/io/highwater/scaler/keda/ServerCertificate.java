// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import io.highwater.core.log.Log;
import io.highwater.core.tls.Pem;
import io.highwater.core.tls.PemException;
import io.highwater.core.web.ServerIdentity;
import io.highwater.core.web.WebException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How connections are secured, as the files say now. Files that cannot be used leave what was before them in force, and
 * connections that are open go on.
 */
final class ServerCertificate {

    private record Texts(String cert, String key, Optional<String> clientCa) {}

    private record InForce(SSLContext context, Instant expiry) {}

    private final KedaOptions.Tls files;
    private final Log log;
    private Texts read;
    private volatile InForce inForce;
    private volatile String problem = "";

    /** Throws {@link WebException} when the files cannot be used. */
    ServerCertificate(KedaOptions.Tls files, Log log) {
        this.files = files;
        this.log = log;
        this.read = texts();
        this.inForce = of(read);
    }

    SSLContext context() {
        return inForce.context;
    }

    boolean clientsNeedOne() {
        return files.clientCa().isPresent();
    }

    Instant expiry() {
        return inForce.expiry;
    }

    boolean readable() {
        return problem.isEmpty();
    }

    /** Reads the files again, which is cheap as long as they are as they were. */
    synchronized void refresh() {
        try {
            var texts = texts();
            if (!texts.equals(read)) {
                inForce = of(texts);
                read = texts;
                log.info("Certificate for KEDA has changed", "expires", inForce.expiry);
            }
            problem = "";
        } catch (WebException e) {
            var now = String.valueOf(e.getMessage());
            if (!now.equals(problem)) {
                log.warn("Certificate for KEDA cannot be read, the one before stays", "err", now);
            }
            problem = now;
        }
    }

    private Texts texts() {
        return new Texts(
                text("cert", files.cert()),
                text("key", files.key()),
                files.clientCa().map(file -> text("clientCa", file)));
    }

    private static String text(String key, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new WebException(
                    key + " " + file + ": cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private InForce of(Texts texts) {
        try {
            var chain = Pem.certificates(texts.cert, "cert " + files.cert());
            var keyOrigin = "key " + files.key();
            var key = Pem.privateKey(texts.key, chain.getFirst().getPublicKey(), keyOrigin);
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new ServerIdentity(chain, key, keyOrigin)}, trust(texts), null);
            return new InForce(context, chain.getFirst().getNotAfter().toInstant());
        } catch (PemException e) {
            throw new WebException(String.valueOf(e.getMessage()), e);
        } catch (GeneralSecurityException | IOException e) {
            throw new WebException("cert " + files.cert() + ": " + e.getMessage(), e);
        }
    }

    /** Who may have signed the clients' certificates. */
    private TrustManager @Nullable [] trust(Texts texts) throws GeneralSecurityException, IOException {
        if (texts.clientCa.isEmpty()) {
            return null;
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        List<X509Certificate> authorities = Pem.certificates(
                texts.clientCa.get(), "clientCa " + files.clientCa().orElseThrow());
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("ca" + i, authorities.get(i));
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
