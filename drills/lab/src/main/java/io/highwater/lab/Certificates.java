// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A certificate authority, servers and clients, made by the JDK's keytool, for tests of TLS. */
public final class Certificates {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private final KeyStore store;

    private Certificates(Path folder, KeyStore store) {
        this.folder = folder;
        this.store = store;
    }

    /** Authority {@code ca}; signed by it: {@code rsa}, {@code ec}, {@code client}; by itself: {@code stranger}. */
    public static Certificates in(Path folder) throws Exception {
        Path file = folder.resolve("all.p12");
        String here = "san=ip:127.0.0.1,dns:localhost";
        keytool(file, "ca", "EC", "CN=ca", "-ext", "bc:c");
        keytool(file, "rsa", "RSA", "CN=rsa", "-signer", "ca", "-ext", here);
        keytool(file, "ec", "EC", "CN=ec", "-signer", "ca", "-ext", here);
        keytool(
                file,
                "client",
                "EC",
                "CN=client",
                "-signer",
                "ca",
                "-ext",
                "san=dns:prometheus.internal,ip:2001:db8::1");
        keytool(file, "stranger", "EC", "CN=stranger", "-ext", "san=dns:stranger.internal");
        return new Certificates(folder, KeyStore.getInstance("PKCS12")).load();
    }

    /** The authority {@code ca} alone, which {@link #issue} and {@link #with} add to. */
    public static Certificates authority(Path folder) throws Exception {
        keytool(folder.resolve("all.p12"), "ca", "EC", "CN=ca", "-ext", "bc:c");
        return new Certificates(folder, KeyStore.getInstance("PKCS12")).load();
    }

    /** Another authority of its own. */
    void addAuthority(String alias) throws Exception {
        keytool(folder.resolve("all.p12"), alias, "EC", "CN=" + alias, "-ext", "bc:c");
        load();
    }

    /**
     * A certificate for this machine's loopback address.
     *
     * @param subject such as {@code CN=admin, O=operators}
     * @param hosts that it is for, too
     */
    void issue(String alias, String authority, String subject, String... hosts) throws Exception {
        String names = Stream.of(hosts).map(host -> ",dns:" + host).collect(Collectors.joining());
        String here = "san=ip:127.0.0.1,dns:localhost" + names;
        sign(alias, authority, subject, here);
    }

    /** One more, signed by {@code ca}, with extensions as keytool takes them. */
    public Certificates with(String alias, String subject, String... extensions) throws Exception {
        return sign(alias, "ca", subject, extensions);
    }

    /**
     * One that is valid for a day from then on.
     *
     * @param signer itself for one that nobody signed
     * @param from as keytool takes it, such as {@code -2d}
     * @param names as keytool takes it, such as {@code san=dns:localhost}
     */
    Certificates issueFrom(String from, String alias, String signer, String names) throws Exception {
        var more = new ArrayList<>(List.of("-ext", names, "-startdate", from, "-validity", "1"));
        if (!signer.equals(alias)) {
            more.addAll(List.of("-signer", signer));
        }
        keytool(folder.resolve("all.p12"), alias, "EC", "CN=" + alias, more.toArray(String[]::new));
        return load();
    }

    private Certificates sign(String alias, String authority, String subject, String... extensions) throws Exception {
        var more = new ArrayList<>(List.of("-signer", authority));
        for (String extension : extensions) {
            more.addAll(List.of("-ext", extension));
        }
        keytool(folder.resolve("all.p12"), alias, "EC", subject, more.toArray(String[]::new));
        return load();
    }

    private Certificates load() throws Exception {
        try (InputStream in = Files.newInputStream(folder.resolve("all.p12"))) {
            store.load(in, PASSWORD);
        }
        return this;
    }

    /** One certificate as PEM. */
    public String certificate(String alias) throws Exception {
        return pem("CERTIFICATE", of(alias).getEncoded());
    }

    /** As PKCS#8 PEM. */
    public String key(String alias) {
        return pem("PRIVATE KEY", keyOf(alias).getEncoded());
    }

    public X509Certificate of(String alias) {
        try {
            return (X509Certificate) store.getCertificate(alias);
        } catch (GeneralSecurityException e) {
            throw new LabException("no such entry: " + alias, e);
        }
    }

    private PrivateKey keyOf(String alias) {
        try {
            return (PrivateKey) store.getKey(alias, PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new LabException("no such entry: " + alias, e);
        }
    }

    /** Writes {@code NAME.crt} and {@code NAME.key}. */
    public void write(String name, String alias) throws Exception {
        Files.writeString(folder.resolve(name + ".crt"), certificate(alias));
        Files.writeString(folder.resolve(name + ".key"), key(alias));
    }

    /** A client's side that trusts the authority. */
    public SSLContext anonymous() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust().getTrustManagers(), null);
        return context;
    }

    /** A side that trusts the authority and has a certificate; a client sends it whatever authorities the server names. */
    public SSLContext as(String alias) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Insisting(alias)}, trust().getTrustManagers(), null);
        return context;
    }

    /** A server's side that shows these, with the key of that certificate; trusts the authority about clients. */
    SSLContext showing(String alias, List<X509Certificate> chain) throws Exception {
        KeyStore shown = KeyStore.getInstance("PKCS12");
        shown.load(null, null);
        shown.setKeyEntry(alias, keyOf(alias), PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(shown, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust().getTrustManagers(), null);
        return context;
    }

    private final class Insisting extends X509ExtendedKeyManager {

        private final String alias;

        private Insisting(String alias) {
            this.alias = alias;
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return alias;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return alias;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {alias};
        }

        @Override
        public X509Certificate[] getCertificateChain(String name) {
            return new X509Certificate[] {of(name)};
        }

        @Override
        public PrivateKey getPrivateKey(String name) {
            return keyOf(name);
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return chooseEngineServerAlias(type, issuers, null);
        }

        @Override
        public @Nullable String chooseEngineServerAlias(String type, Principal[] issuers, @Nullable SSLEngine engine) {
            return type.equals(of(alias).getPublicKey().getAlgorithm()) ? alias : null;
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {alias};
        }
    }

    private TrustManagerFactory trust() throws Exception {
        KeyStore authority = KeyStore.getInstance("PKCS12");
        authority.load(null, null);
        authority.setCertificateEntry("ca", store.getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(authority);
        return trust;
    }

    public static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private static void keytool(Path store, String alias, String algorithm, String subject, String... more)
            throws Exception {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(program, "-genkeypair", "-alias", alias));
        command.addAll(List.of("-keyalg", algorithm, "-dname", subject));
        if (!List.of(more).contains("-validity")) {
            command.addAll(List.of("-validity", "2"));
        }
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
        command.addAll(List.of("-storepass", new String(PASSWORD)));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(store.resolveSibling("keytool.log").toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new LabException("keytool failed for " + alias + ", see keytool.log beside " + store);
        }
    }
}
