// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * The servers that may be asked: those of the configuration. A redirect or a captured URL that leads elsewhere is not
 * followed, or whoever answers could make the agent ask what only the agent can reach.
 *
 * @param servers as {@code host:port}
 */
record AllowedHosts(Set<String> servers) {

    /**
     * Reads what the configuration says.
     *
     * @param configured whose servers are allowed, and beside their own ports those that http and https usually have
     * @param followTo more of them, as host or host:port; a host alone is its usual ports
     */
    static AllowedHosts of(List<HttpUrl> configured, List<String> followTo) {
        var servers = new HashSet<String>();
        for (var url : configured) {
            servers.add(url.host() + ":" + url.port());
            if (url.port() == HttpUrl.defaultPort(url.scheme())) {
                addUsual(servers, url.host());
            }
        }
        for (var text : followTo) {
            var server = HostPort.of(text, "followTo", 80);
            if (text.endsWith(":" + server.port())) {
                servers.add(server.host() + ":" + server.port());
            } else {
                addUsual(servers, server.host());
            }
        }
        return new AllowedHosts(Set.copyOf(servers));
    }

    private static void addUsual(Set<String> servers, String host) {
        Stream.of(80, 443).forEach(port -> servers.add(host + ":" + port));
    }

    boolean allow(HttpUrl url) {
        return servers.contains(url.host() + ":" + url.port());
    }
}
