// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.auth;

import io.highwater.core.web.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The API server in front of us, which says in headers on whose behalf it asks. Without its certificate the headers mean
 * nothing.
 *
 * @param allowedNames common names, one of which its certificate has; none for any
 */
record FrontProxy(
        CertificateCheck certificates,
        List<String> allowedNames,
        List<String> usernameHeaders,
        List<String> uidHeaders,
        List<String> groupHeaders,
        List<String> extraPrefixes) {

    /** None when this is not the proxy, or when it names nobody. */
    Optional<Caller> caller(Request request) throws InterruptedException {
        List<X509Certificate> chain = request.peerCertificates();
        if (chain.isEmpty() || !certificates.accepts(chain) || !isAllowed(chain.getFirst())) {
            return Optional.empty();
        }
        return first(request, usernameHeaders)
                .map(name -> Caller.authenticated(
                        name, first(request, uidHeaders).orElse(""), all(request, groupHeaders), extra(request)));
    }

    private boolean isAllowed(X509Certificate certificate) {
        return allowedNames.isEmpty()
                || allowedNames.contains(Subject.of(certificate).name());
    }

    private static Optional<String> first(Request request, List<String> names) {
        return all(request, names).stream().findFirst();
    }

    private static List<String> all(Request request, List<String> names) {
        return names.stream()
                .flatMap(name -> request.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream())
                .map(FrontProxy::utf8)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private Map<String, List<String>> extra(Request request) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        for (String prefix : extraPrefixes) {
            String start = prefix.toLowerCase(Locale.ROOT);
            request.headers().forEach((name, values) -> {
                if (name.startsWith(start)) {
                    extra.computeIfAbsent(unescaped(name.substring(start.length())), _ -> new ArrayList<>())
                            .addAll(values.stream().map(FrontProxy::utf8).toList());
                }
            });
        }
        extra.replaceAll((_, values) -> List.copyOf(values));
        return extra;
    }

    private static String unescaped(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEscaped) {
            return key;
        }
    }

    /** The JDK's server takes a header's bytes for Latin-1. */
    private static String utf8(String value) {
        return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
