// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * The servers that may be asked: those of the configuration. A redirect or a captured URL that leads elsewhere is not
 * followed, or whoever answers could make the agent ask what only the agent can reach. From TLS nothing leads to what
 * everybody on the way can read, unless that is configured, too.
 *
 * @param origins as {@code https://pay.example}
 */
record AllowedHosts(Set<String> origins) {

    /**
     * Reads what the configuration says.
     *
     * @param configured whose servers are allowed; that of http on its usual port by https on its own, too
     * @param followTo more of them by http and https, as host or host:port; a host alone is their usual ports
     */
    static AllowedHosts of(List<HttpUrl> configured, List<String> followTo) {
        var origins = new HashSet<String>();
        for (var url : configured) {
            origins.add(HttpAsk.origin(url));
            if (!url.isHttps() && url.port() == HttpUrl.defaultPort("http")) {
                origins.add(HttpAsk.origin(
                        url.newBuilder().scheme("https").port(443).build()));
            }
        }
        for (var text : followTo) {
            Stream.of("http", "https").forEach(scheme -> origins.add(named(scheme, text)));
        }
        return new AllowedHosts(Set.copyOf(origins));
    }

    /** With the host as every URL has it: in small letters, say. */
    private static String named(String scheme, String text) {
        var server = HostPort.of(text, "followTo", HttpUrl.defaultPort(scheme));
        try {
            var url = new HttpUrl.Builder().scheme(scheme).host(server.host()).port(server.port());
            return HttpAsk.origin(url.build());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("followTo: " + text + " is no host", e);
        }
    }

    boolean allow(HttpUrl url) {
        return origins.contains(HttpAsk.origin(url));
    }
}
