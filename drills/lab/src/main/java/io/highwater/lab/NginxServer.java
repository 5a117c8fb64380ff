// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One real nginx with a master and a worker, on ports of its configuration, which are best {@link FreePort}s of
 * 127.0.0.1. What goes wrong in the lab is a {@link LabException}. Not thread-safe: one test or drill drives it.
 */
public final class NginxServer extends ListeningServer {

    private static final String FILE = "nginx.conf";

    private final Account account;

    private NginxServer(Path program, Account account, Map<String, String> files, int... ports) {
        super("nginx", account, List.of(program.toString(), "-p", "./", "-c", FILE, "-e", "stderr"), files, ports);
        this.account = account;
    }

    /** A worker of root's would be another account's, which cannot read the files. */
    private static String whole(String servers, Account account) {
        var user = account == Account.SELF && Account.isRoot() ? "user root;" : "";
        return """
            daemon off;
            %s
            pid nginx.pid;
            error_log stderr notice;
            worker_processes 1;
            worker_shutdown_timeout 2s;
            events { worker_connections 4096; }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
            %s
            }
            """.formatted(user, servers);
    }

    /**
     * Returns when it accepts connections at these ports.
     *
     * @param servers what stands in its {@code http} block
     * @param files that they name, such as those of a {@link Site}, or what it serves: its folder is {@code ./}
     */
    public static NginxServer start(String servers, Map<String, String> files, int... ports) {
        var program = Tools.program("nginx");
        var account = Account.running(program);
        var all = new HashMap<>(files);
        all.put(FILE, whole(servers, account));
        var server = new NginxServer(program, account, all, ports);
        server.launch();
        return server;
    }

    /**
     * Takes another {@code http} block; requests that are under way stay with the worker before, for 2 s at most.
     * Returns when that one is gone.
     */
    public void reload(String servers) {
        renewWorkers("HUP", FILE, whole(servers, account));
    }

    /** Lets what is under way end. */
    public void stop() {
        end("QUIT");
    }
}
