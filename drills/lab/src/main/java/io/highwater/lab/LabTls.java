// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** The certificates of a cluster of the lab, in files: of its servers, of a client, and of the authority of both. */
public final class LabTls implements AutoCloseable {

    static final String AUTHORITY = "ca.crt";
    static final String SERVER = "ec.crt";
    static final String SERVER_KEY = "ec.key";

    private final ServerFolder folder;
    private final Certificates certificates;

    private LabTls(ServerFolder folder, Certificates certificates) {
        this.folder = folder;
        this.certificates = certificates;
        LastResort.add(this);
    }

    /** The caller closes it. */
    public static LabTls create() {
        var folder = ServerFolder.create("tls", Account.SELF);
        try {
            var certificates = Certificates.in(folder.home());
            for (var alias : new String[] {"ca", "ec", "client"}) {
                certificates.write(alias, alias);
            }
            return new LabTls(folder, certificates);
        } catch (Exception e) {
            folder.delete();
            throw new LabException("cannot make certificates", e);
        }
    }

    /** Of the authority, which a client is to trust, PEM. */
    public Path authority() {
        return file(AUTHORITY);
    }

    /** PEM. */
    public Path clientCertificate() {
        return file("client.crt");
    }

    /** The client's private key without a password, PEM of PKCS #8. */
    public Path clientKey() {
        return file("client.key");
    }

    /** Trusts the authority and shows the client's certificate when asked. */
    public SSLContext clientContext() {
        return context("client");
    }

    /** A server's side, with a certificate for 127.0.0.1 and localhost. */
    SSLContext serverContext() {
        return context("ec");
    }

    private SSLContext context(String alias) {
        try {
            return certificates.as(alias);
        } catch (Exception e) {
            throw new LabException("cannot use the certificates in " + folder.home(), e);
        }
    }

    /** What a server needs, by file name. */
    Map<String, String> files() {
        return Stream.of(AUTHORITY, SERVER, SERVER_KEY).collect(Collectors.toMap(name -> name, this::content));
    }

    private String content(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new LabException("cannot read " + name, e);
        }
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
