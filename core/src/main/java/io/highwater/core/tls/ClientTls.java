// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.tls;

import io.highwater.core.CollectionException;
import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/** How an exporter's client speaks TLS: what the configuration says under {@code tls}. */
public record ClientTls(
        @Doc("the CA certificates that verify the server, PEM; the JDK's own when left out")
        Optional<Path> ca,

        @Doc("our client certificate, PEM") Optional<Path> cert,

        @Doc("the key of our client certificate, PEM, not encrypted")
        Optional<Path> key,

        @Doc(
                "full checks the server's certificate and that it is for the host; ca leaves the host out; none checks nothing")
        @Default("full")
        Verify verify) {

    /** How much of the server's certificate is checked. */
    public enum Verify {
        FULL,
        CA,
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final char[] NO_PASSWORD = {};

    public ClientTls {
        if (cert.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException((cert.isPresent() ? "cert" : "key") + ": cert and key go together");
        }
    }

    /**
     * A context for new connections, from the files as they are now. It checks the host itself, so it does not matter
     * whether the client that uses it asks for that.
     *
     * @throws CollectionException with {@link Reason#AUTH} for a file that cannot be used, named with its key
     */
    public SSLContext context() throws CollectionException {
        var parts = parts();
        return parts.context(parts.trust());
    }

    /** What {@link #context} is made of, for who makes one for each connection, or looks on at who is trusted. */
    public TlsParts parts() throws CollectionException {
        return read(() -> new TlsParts(identity(), ServerTrust.of(verify, authorities())));
    }

    /** Who decides about servers in {@link #context}, for a client that asks for that apart. */
    public X509TrustManager trust() throws CollectionException {
        return read(() -> ServerTrust.of(verify, authorities()));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws GeneralSecurityException, IOException;
    }

    private static <T> T read(Reading<T> reading) throws CollectionException {
        try {
            return reading.read();
        } catch (PemException e) {
            throw new CollectionException(Reason.AUTH, String.valueOf(e.getMessage()), e);
        } catch (GeneralSecurityException | IOException e) {
            throw new CollectionException(Reason.AUTH, "tls: " + e.getMessage(), e);
        }
    }

    /** Empty for the JDK's own. */
    private List<X509Certificate> authorities() throws IOException {
        return ca.isEmpty() ? List.of() : Pem.certificates(text(ca.get(), "tls.ca"), "tls.ca " + ca.get());
    }

    private List<KeyManager> identity() throws GeneralSecurityException, IOException {
        if (cert.isEmpty() || key.isEmpty()) {
            return List.of();
        }
        var chain = Pem.certificates(text(cert.get(), "tls.cert"), "tls.cert " + cert.get());
        var privateKey =
                Pem.privateKey(text(key.get(), "tls.key"), chain.getFirst().getPublicKey(), "tls.key " + key.get());
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", privateKey, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return List.of(factory.getKeyManagers());
    }

    private static String text(Path file, String name) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new PemException(name + " " + file + ": does not exist", e);
        } catch (IOException e) {
            throw new PemException(name + " " + file + ": " + e.getMessage(), e);
        }
    }
}
