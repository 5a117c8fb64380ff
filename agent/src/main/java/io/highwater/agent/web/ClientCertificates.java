// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import io.highwater.core.tls.Authorities;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Which client certificates are accepted: by who signed them, if that is asked for, and by their alternative names. */
final class ClientCertificates extends X509ExtendedTrustManager {

    /** The kinds of names that are compared, as RFC 5280 numbers them: e-mail, DNS, URI, IP address. */
    private static final Set<Integer> COMPARED = Set.of(1, 2, 6, 7);

    private final Optional<X509ExtendedTrustManager> signers;
    private final Set<String> allowedNames;

    private ClientCertificates(Optional<X509ExtendedTrustManager> signers, Collection<String> allowedNames) {
        this.signers = signers;
        this.allowedNames =
                allowedNames.stream().map(ClientCertificates::canonical).collect(Collectors.toSet());
    }

    /** Anybody's, even one that its owner signed. */
    static ClientCertificates unverified(Collection<String> allowedNames) {
        return new ClientCertificates(Optional.empty(), allowedNames);
    }

    /**
     * Those with a valid chain.
     *
     * @param authorities none for those that the JDK trusts
     * @param allowedNames one of which the certificate must have; none for any
     */
    static ClientCertificates signedBy(List<X509Certificate> authorities, Collection<String> allowedNames)
            throws GeneralSecurityException {
        return new ClientCertificates(Optional.of(Authorities.trust(authorities)), allowedNames);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
            throws CertificateException {
        if (signers.isPresent()) {
            signers.get().checkClientTrusted(chain, keyType, engine);
        }
        if (!allowedNames.isEmpty() && !hasAllowedName(chain[0])) {
            throw new CertificateException("none of the certificate's alternative names is in client_allowed_sans");
        }
    }

    private boolean hasAllowedName(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names != null
                && names.stream()
                        .filter(name -> name.getFirst() instanceof Integer kind && COMPARED.contains(kind))
                        .anyMatch(name -> allowedNames.contains(canonical(String.valueOf(name.get(1)))));
    }

    /** An address in the one way that Java writes it; anything else as it is. */
    private static String canonical(String name) {
        try {
            return InetAddress.ofLiteral(name).getHostAddress();
        } catch (IllegalArgumentException notAnAddress) {
            return name;
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return signers.map(X509ExtendedTrustManager::getAcceptedIssuers).orElseGet(() -> new X509Certificate[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        throw new CertificateException("only for engines");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, @Nullable Socket socket)
            throws CertificateException {
        throw new CertificateException("only for engines");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        throw new CertificateException("only for servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, @Nullable Socket socket)
            throws CertificateException {
        throw new CertificateException("only for servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("only for servers");
    }
}
