// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The certificates of {@link Site}s, good and flawed, and of a client: all but a stranger's are signed by an authority
 * between, which the root signed. Each takes a second to make, when it is first asked for. Not thread-safe.
 */
public final class Sites implements AutoCloseable {

    private static final String HERE = "san=ip:127.0.0.1,dns:localhost";
    private static final String BETWEEN = "between";

    private final ServerFolder folder;
    private final Certificates certificates;
    private final Map<Site.Flaw, Site> made = new EnumMap<>(Site.Flaw.class);

    private Sites(ServerFolder folder, Certificates certificates) {
        this.folder = folder;
        this.certificates = certificates;
        LastResort.add(this);
    }

    /** The caller closes it. */
    public static Sites create() {
        var folder = ServerFolder.create("sites", Account.SELF);
        try {
            var certificates = Certificates.authority(folder.home()).with(BETWEEN, "CN=between", "bc:c");
            certificates.write("ca", "ca");
            return new Sites(folder, certificates);
        } catch (Exception e) {
            folder.delete();
            throw new LabException("cannot make certificates", e);
        }
    }

    /** Of the root, which a client is to trust, PEM. */
    public Path authority() {
        return folder.home().resolve("ca.crt");
    }

    /** The same as text, for a server that wants a client's certificate. */
    public String authorityText() {
        return certificate("ca");
    }

    public Site site(Site.Flaw flaw) {
        return made.computeIfAbsent(flaw, this::make);
    }

    private Site make(Site.Flaw flaw) {
        var alias = "site-" + flaw.name().toLowerCase(Locale.ROOT).replace('_', '-');
        var signer = flaw == Site.Flaw.STRANGER ? alias : BETWEEN;
        var names = flaw == Site.Flaw.WRONG_HOST ? "san=dns:elsewhere.internal" : HERE;
        try {
            var from =
                    switch (flaw) {
                        case EXPIRES_SOON -> "-23H-30M";
                        case EXPIRED -> "-2d";
                        case NONE, WRONG_HOST, BROKEN_CHAIN, STRANGER -> "-1H";
                    };
            certificates.issueFrom(from, alias, signer, names);
            var shown = new ArrayList<>(List.of(certificates.of(alias)));
            if (flaw != Site.Flaw.BROKEN_CHAIN && flaw != Site.Flaw.STRANGER) {
                shown.add(certificates.of(BETWEEN));
            }
            return site(alias, shown);
        } catch (Exception e) {
            throw new LabException("cannot make the certificate of a site: " + flaw, e);
        }
    }

    private Site site(String alias, List<X509Certificate> chain) throws Exception {
        var text = new StringBuilder();
        for (var one : chain) {
            text.append(Certificates.pem("CERTIFICATE", one.getEncoded()));
        }
        var expires = chain.getFirst().getNotAfter().toInstant();
        return new Site(text.toString(), certificates.key(alias), expires, certificates.showing(alias, chain));
    }

    /** A client's certificate, which the root signed, PEM; {@link #clientKey} is its key. */
    public Path clientCertificate() {
        var file = folder.home().resolve("client.crt");
        if (Files.notExists(file)) {
            try {
                certificates.issueFrom("-1H", "client", "ca", "san=dns:prober.internal");
                certificates.write("client", "client");
            } catch (Exception e) {
                throw new LabException("cannot make a client's certificate", e);
            }
        }
        return file;
    }

    public Path clientKey() {
        return clientCertificate().resolveSibling("client.key");
    }

    private String certificate(String alias) {
        try {
            return certificates.certificate(alias);
        } catch (Exception e) {
            throw new LabException("cannot read the certificate " + alias, e);
        }
    }

    /** All certificates and keys as one PKCS #12 store; its password is {@code changeit}. */
    public Path store() {
        return folder.home().resolve("all.p12");
    }

    /** Deletes the files. */
    @Override
    public void close() {
        folder.delete();
        LastResort.remove(this);
    }
}
