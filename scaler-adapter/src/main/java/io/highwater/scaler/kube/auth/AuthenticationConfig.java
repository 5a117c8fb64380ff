// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.auth;

import io.highwater.core.tls.PemException;
import io.highwater.core.web.Request;
import io.highwater.scaler.kube.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose certificates a cluster's extension servers believe: its ConfigMap {@code extension-apiserver-authentication}.
 *
 * @param clients who signs certificates of users
 */
record AuthenticationConfig(Optional<FrontProxy> frontProxy, Optional<CertificateCheck> clients) {

    static final String FRONT_CA = "requestheader-client-ca-file";
    static final String CLIENT_CA = "client-ca-file";

    /** @throws PemException for what cannot be used; the message names the key */
    static AuthenticationConfig of(Map<String, String> data) {
        return new AuthenticationConfig(
                authority(data, FRONT_CA)
                        .map(authority -> new FrontProxy(
                                authority,
                                names(data, "requestheader-allowed-names"),
                                names(data, "requestheader-username-headers"),
                                names(data, "requestheader-uid-headers"),
                                names(data, "requestheader-group-headers"),
                                names(data, "requestheader-extra-headers-prefix"))),
                authority(data, CLIENT_CA));
    }

    private static Optional<CertificateCheck> authority(Map<String, String> data, String key) {
        return Optional.ofNullable(data.get(key))
                .filter(pem -> !pem.isBlank())
                .map(pem -> CertificateCheck.of(pem, key));
    }

    private static List<String> names(Map<String, String> data, String key) {
        String json = data.getOrDefault(key, "");
        if (json.isBlank()) {
            return List.of();
        }
        try {
            return Json.read(json.getBytes(StandardCharsets.UTF_8)).texts();
        } catch (IOException e) {
            throw new PemException(key + ": is not a JSON array of texts");
        }
    }

    /** By the front proxy's headers, else by the client's own certificate. */
    Optional<Caller> caller(Request request) throws InterruptedException {
        List<X509Certificate> chain = request.peerCertificates();
        Optional<Caller> proxied = frontProxy.isPresent() ? frontProxy.get().caller(request) : Optional.empty();
        if (proxied.isPresent()
                || chain.isEmpty()
                || clients.isEmpty()
                || !clients.get().accepts(chain)) {
            return proxied;
        }
        Subject subject = Subject.of(chain.getFirst());
        return subject.name().isEmpty()
                ? Optional.empty()
                : Optional.of(Caller.authenticated(subject.name(), "", subject.organizations(), Map.of()));
    }

    /** By the key that they are under. */
    Map<String, List<X509Certificate>> authorities() {
        return Map.of(
                FRONT_CA,
                        frontProxy
                                .map(proxy -> proxy.certificates().authorities())
                                .orElse(List.of()),
                CLIENT_CA, clients.map(CertificateCheck::authorities).orElse(List.of()));
    }
}
