// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for servers on 127.0.0.1 and one for their clients, both new and each its own authority. Made by the
 * JDK's keytool, which takes about a second; the files are in a temporary folder.
 */
public final class LabTls implements AutoCloseable {

    private static final String PASSWORD = "lab-password-of-keys";
    private static final Duration KEYTOOL_LIMIT = Duration.ofSeconds(30);

    private final ServerFolder folder;

    private LabTls(ServerFolder folder) {
        this.folder = folder;
        LastResort.add(this);
    }

    static LabTls create() {
        var tls = new LabTls(ServerFolder.create("tls", Account.SELF));
        try {
            tls.make("server");
            tls.make("client");
            return tls;
        } catch (RuntimeException e) {
            tls.close();
            throw e;
        }
    }

    /** What a client is to trust, PEM. */
    public Path serverCertificate() {
        return file("server.pem");
    }

    /** PEM. */
    public Path clientCertificate() {
        return file("client.pem");
    }

    /** The client's private key without a password, PEM of PKCS #8. */
    public Path clientKey() {
        return file("client.key");
    }

    /** The client's certificate and key, PKCS #12. */
    public Path clientKeyStore() {
        return file("client.p12");
    }

    /** Of the key store and of the key in it. */
    public String password() {
        return PASSWORD;
    }

    /** Trusts the server and shows the client's certificate when asked. */
    public SSLContext clientContext() {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(open("client"), PASSWORD.toCharArray());
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", open("server").getCertificate("server"));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new LabException("cannot use " + folder.home(), e);
        }
    }

    /** What a server needs, by file name: certificate, key, and the certificate of its clients. */
    Map<String, String> files() {
        return Stream.of("server.pem", "server.key", "client.pem")
                .collect(Collectors.toMap(name -> name, this::content));
    }

    private String content(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new LabException("cannot read " + name, e);
        }
    }

    private void make(String name) {
        keytool(name);
        try {
            var keys = open(name);
            var key = keys.getKey(name, PASSWORD.toCharArray());
            folder.write(
                    name + ".pem", pem("CERTIFICATE", keys.getCertificate(name).getEncoded()));
            folder.write(name + ".key", pem("PRIVATE KEY", key.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new LabException("cannot read what keytool made of " + name, e);
        }
    }

    private void keytool(String name) {
        var keytool = ServerProcess.start(
                folder.account(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file(name + ".p12").toString(),
                        "-storepass",
                        PASSWORD),
                folder.home(),
                folder.log());
        if (!keytool.awaitExit(KEYTOOL_LIMIT) || keytool.exitCode() != 0) {
            keytool.kill();
            throw new LabException("keytool failed:\n" + ServerProcess.tail(folder.log(), 20));
        }
    }

    private KeyStore open(String name) throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(file(name + ".p12"))) {
            keys.load(file, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static String pem(String what, byte[] bytes) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    private Path file(String name) {
        return folder.home().resolve(name);
    }

    /** Deletes the files. */
    @Override
    public void close() {
        folder.delete();
        LastResort.remove(this);
    }
}
