// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asked. Bodies are not read: nothing here takes one.
 *
 * @param method in upper case, e.g. {@code GET}
 * @param path decoded, without the query
 * @param rawPath as it came, for where an escaped slash is not a slash
 * @param query decoded parameters in their order; a repeated one has several values
 * @param headers by their names in lower case
 * @param remote the peer, which may be a proxy
 * @param peerCertificates the chain that the peer showed, its own first; verified only as far as {@link ServerTls} does.
 *     Empty when there is none
 */
public record Request(
        String method,
        String path,
        String rawPath,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        InetSocketAddress remote,
        List<X509Certificate> peerCertificates) {

    /** All values of a query parameter, e.g. {@code name[]}; empty if it is absent. */
    public List<String> parameters(String name) {
        return query.getOrDefault(name, List.of());
    }

    /** The first value of a query parameter. */
    public Optional<String> parameter(String name) {
        return parameters(name).stream().findFirst();
    }

    /** The first value of a header; its name in any case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()).stream()
                .findFirst();
    }
}
