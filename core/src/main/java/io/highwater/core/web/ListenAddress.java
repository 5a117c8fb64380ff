// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

import java.net.InetSocketAddress;

/**
 * Where to listen, as {@code --web.listen-address} takes it: {@code :9187}, {@code 127.0.0.1:0}, {@code [::1]:9187},
 * {@code metrics.internal:9187}. Without a host it is every interface; port 0 is any free one.
 */
public record ListenAddress(String text, String host, int port) {

    public static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (colon < 0 || (host.indexOf(':') >= 0 && !bracketed)) {
            throw refused(text, "use host:port, :port or [ipv6]:port");
        }
        return new ListenAddress(
                text, bracketed ? host.substring(1, host.length() - 1) : host, port(text, text.substring(colon + 1)));
    }

    /** Looks up the host. */
    public InetSocketAddress resolve() {
        InetSocketAddress address = host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw refused(text, "the host is unknown");
        }
        return address;
    }

    private static int port(String text, String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw refused(text, "the port must be a number from 0 to 65535");
    }

    private static WebException refused(String text, String why) {
        return new WebException("listen address '" + text + "': " + why);
    }
}
