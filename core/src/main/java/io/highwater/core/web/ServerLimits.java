// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

/**
 * The limits of the JDK's HTTP server, which reads them from system properties once, when its first class is loaded.
 * A value given on the command line wins. Limits of time: see {@link ExchangeThreads}.
 */
final class ServerLimits {

    private ServerLimits() {}

    static void apply() {
        // Without it a response of 8 to 30 kB waits 40 ms for the client's delayed acknowledgement.
        set("sun.net.httpserver.nodelay", "true");
        // Longer than usual scrape intervals: a Prometheus keeps its connection, and its TLS session with it.
        set("sun.net.httpserver.idleInterval", "150");
        set("sun.net.httpserver.maxIdleConnections", "200");
        set("jdk.httpserver.maxConnections", "1024");
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
