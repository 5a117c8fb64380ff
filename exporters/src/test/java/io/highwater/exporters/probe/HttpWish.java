// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Settings of an HTTP probe as the configuration has them when little is written; what is to differ is set. */
final class HttpWish {

    final String url;
    HttpMethod method = HttpMethod.GET;
    final Map<String, String> headers = new HashMap<>();
    Optional<String> body = Optional.empty();
    Optional<String> user = Optional.empty();
    Optional<Secret> password = Optional.empty();
    Optional<Secret> token = Optional.empty();
    List<String> status = List.of("2xx");
    List<String> httpVersions = List.of();
    OverTls overTls = OverTls.ANY;
    final Map<String, Pattern> headerMatches = new HashMap<>();
    final Map<String, Pattern> headerMatchesNot = new HashMap<>();
    final List<String> bodyHas = new ArrayList<>();
    final List<Pattern> bodyMatches = new ArrayList<>();
    final List<Pattern> bodyMatchesNot = new ArrayList<>();
    final Map<String, String> json = new HashMap<>();
    boolean followRedirects = true;
    List<String> followTo = List.of();
    Optional<HttpProxy> proxy = Optional.empty();
    boolean http2 = true;
    IpProtocol ipProtocol = IpProtocol.ANY;
    boolean ipProtocolFallback = true;
    ClientTls tls = new ClientTls(Optional.empty(), Optional.empty(), Optional.empty(), ClientTls.Verify.FULL);
    Optional<String> serverName = Optional.empty();
    int maxBytes = 1 << 20;

    HttpWish(String url) {
        this.url = url;
    }

    HttpSettings settings() {
        return new HttpSettings(
                url,
                method,
                headers,
                body,
                user,
                password,
                token,
                status,
                httpVersions,
                overTls,
                headerMatches,
                headerMatchesNot,
                bodyHas,
                bodyMatches,
                bodyMatchesNot,
                json,
                followRedirects,
                followTo,
                proxy,
                http2,
                ipProtocol,
                ipProtocolFallback,
                tls,
                serverName,
                maxBytes);
    }

    Tried tried() {
        return Tried.once(settings());
    }
}
