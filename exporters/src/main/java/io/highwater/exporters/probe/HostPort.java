// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where something listens.
 *
 * @param host a name, or an address without brackets
 */
record HostPort(String host, int port) {

    private static final Pattern FORM = Pattern.compile("(\\[([0-9a-fA-F:.]+)]|[^:/@\\s\\[\\]]+)(?::(\\d{1,5}))?");

    /**
     * Reads what the configuration says.
     *
     * @param key whose value it is, for the refusal
     * @param usual the port when none is written; 0 when there is none that is usual
     */
    static HostPort of(String text, String key, int usual) {
        var form = FORM.matcher(text);
        if (form.matches()) {
            var host = Objects.requireNonNullElse(form.group(2), form.group(1));
            int port = form.group(3) == null ? usual : Integer.parseInt(form.group(3));
            if (port > 0 && port < 65_536) {
                return new HostPort(host, port);
            }
        }
        throw new IllegalArgumentException(key + ": write host:port, IPv6 as [::1]:443");
    }

    boolean isLiteral() {
        return isLiteral(host);
    }

    /** Whether it is an address, and nobody is to be asked for it. */
    static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
