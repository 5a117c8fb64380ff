// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One real HAProxy with a master and a worker, on ports of its configuration, which are best {@link FreePort}s of
 * 127.0.0.1. What goes wrong in the lab is a {@link LabException}. Not thread-safe: one test or drill drives it.
 */
public final class HaproxyServer extends ListeningServer {

    private static final String FILE = "haproxy.cfg";

    private static final String BEFORE = """
            global
                log stdout format raw local0 notice
                maxconn 500
                hard-stop-after 2s
            defaults
                mode http
                timeout connect 2s
                timeout client 60s
                timeout server 60s
            """;

    private HaproxyServer(Path program, Map<String, String> files, int... ports) {
        // Reads its files as whom it is started as, and stays that: as root it is nobody.
        super("haproxy", Account.running(program), List.of(program.toString(), "-W", "-f", FILE), files, ports);
    }

    /**
     * Returns when it accepts connections at these ports.
     *
     * @param sections of its configuration after {@code global} and {@code defaults}: mode http, waits of a minute
     * @param files that they name, such as {@link Site#together}
     */
    public static HaproxyServer start(String sections, Map<String, String> files, int... ports) {
        var all = new HashMap<>(files);
        all.put(FILE, BEFORE + sections);
        var server = new HaproxyServer(Tools.program("haproxy"), all, ports);
        server.launch();
        return server;
    }

    /**
     * Takes other sections; connections that are open stay with the worker before, for 2 s at most. Returns when that
     * one is gone.
     */
    public void reload(String sections) {
        renewWorkers("USR2", FILE, BEFORE + sections);
    }

    /** Lets what is open end. */
    public void stop() {
        end("USR1");
    }
}
