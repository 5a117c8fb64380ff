// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Secret;
import io.highwater.core.Target;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.client.http.HttpAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** An HTTP or HTTPS URL, and what is to be answered there. */
public record HttpSettings(
        @Doc("http://… or https://…") String url,

        @Doc("GET, HEAD, OPTIONS, POST, PUT, PATCH or DELETE") @Default("GET")
        HttpMethod method,

        @Doc("headers of the request; no secrets") @Default("{}")
        Map<String, String> headers,

        @Doc("body of the request") Optional<String> body,

        @Doc("the user to log in as, by basic authentication")
        Optional<String> user,

        @Doc("the user's password") Optional<Secret> password,

        @Doc("a bearer token, in place of user and password")
        Optional<Secret> token,

        @Doc("the statuses that are wanted, such as 204 or 2xx") @Default("[2xx]")
        List<String> status,

        @Doc("the versions of HTTP that are wanted, HTTP/1.0, HTTP/1.1, HTTP/2.0; any when none is written")
        @Default("[]")
        List<String> httpVersions,

        @Doc("whether the last answer must come over TLS: any, required, forbidden") @Default("any")
        OverTls overTls,

        @Doc("by header, a regular expression that is found in a value of it") @Default("{}")
        Map<String, Pattern> headerMatches,

        @Doc("by header, a regular expression that is found in no value of it") @Default("{}")
        Map<String, Pattern> headerMatchesNot,

        @Doc("texts that the body has") @Default("[]") List<String> bodyHas,

        @Doc("regular expressions that are found in the body") @Default("[]")
        List<Pattern> bodyMatches,

        @Doc("regular expressions that are not found in the body") @Default("[]")
        List<Pattern> bodyMatchesNot,

        @Doc(
                "by JSON pointer, what is there: a text or number as it stands, != something else, < <= > >= a number, ~ a regular expression")
        @Default("{}")
        Map<String, String> json,

        @Doc("whether redirects are followed, ten at most") @Default("true")
        boolean followRedirects,

        @Doc("where redirects may lead beside the host of the url: host, or host:port") @Default("[]")
        List<String> followTo,

        @Doc("an HTTP proxy on the way: http://host:3128, or url, user, password")
        Optional<HttpProxy> proxy,

        @Doc("whether HTTP/2 is offered, over TLS") @Default("true")
        boolean http2,

        @Doc("which address of the host is taken: any, which the system prefers; ip4; ip6") @Default("any")
        IpProtocol ipProtocol,

        @Doc("whether an address of the other kind will do") @Default("true")
        boolean ipProtocolFallback,

        @Doc("whom to trust, and who we are") @Default("{}") ClientTls tls,

        @Doc("whose certificate is wanted, when it is not the host's")
        Optional<String> serverName,

        @Doc("how long a body may be, decompressed; a longer one fails") @Default("1048576")
        int maxBytes)
        implements ProberSettings {

    private static final List<String> VERSIONS = List.of("HTTP/1.0", "HTTP/1.1", "HTTP/2.0");

    public HttpSettings {
        var target = target(url);
        HttpHeaders.check(headers);
        HttpHeaders.checkBody(method, body.isPresent());
        var _ = new HttpAccess(user, password, token, Map.of());
        var _ = new StatusCondition(status);
        if (!VERSIONS.containsAll(httpVersions)) {
            throw new IllegalArgumentException("httpVersions: write " + String.join(", ", VERSIONS));
        }
        Conditions.json(json);
        AllowedHosts.of(List.of(target), followTo);
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: write 1 or more");
        }
        headers = Map.copyOf(headers);
        json = Map.copyOf(json);
    }

    private static HttpUrl target(String url) {
        return HttpAccess.url(url, "url", "http://host/path or https://host/path");
    }

    HttpUrl target() {
        return target(url);
    }

    HttpAccess access() {
        return new HttpAccess(user, password, token, Map.of());
    }

    HttpAsk ask(Optional<String> login) {
        return new HttpAsk(method, target(), headers, login, body.orElse(""));
    }

    Conditions conditions() {
        return new Conditions(
                new StatusCondition(status),
                headerMatches,
                headerMatchesNot,
                bodyHas,
                bodyMatches,
                bodyMatchesNot,
                Conditions.json(json));
    }

    HttpWay way() {
        return new HttpWay(
                followRedirects,
                AllowedHosts.of(List.of(target()), followTo),
                tls,
                serverName,
                proxy,
                http2,
                ipProtocol,
                ipProtocolFallback,
                false,
                maxBytes);
    }

    @Override
    public Prober open(Target target) {
        return new HttpProber(this);
    }
}
