// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One real DNS server, dnsmasq, on a free port of 127.0.0.1 by UDP and TCP. Knows what its options say, refuses the rest,
 * and asks nobody else. What goes wrong in the lab is a {@link LabException}. Not thread-safe.
 */
public final class DnsServer extends ListeningServer {

    private static final List<String> ALONE = List.of(
            "--keep-in-foreground",
            "--log-facility=-",
            "--conf-file=/dev/null",
            "--no-resolv",
            "--no-hosts",
            "--no-ping",
            "--bind-interfaces",
            "--listen-address=127.0.0.1",
            "--pid-file=");

    private final int port;

    private DnsServer(Path program, Account account, int port, String... options) {
        super("dnsmasq", account, command(program, account, port, options), Map.of(), port);
        this.port = port;
    }

    private static List<String> command(Path program, Account account, int port, String... options) {
        var command = new ArrayList<>(List.of(program.toString(), "--port=" + port));
        Stream.of(ALONE, List.of(options)).forEach(command::addAll);
        if (account == Account.SELF && Account.isRoot()) {
            command.add("--user=root"); // else it becomes nobody
        }
        return command;
    }

    /** @param options as dnsmasq takes them, such as {@code --host-record=shop.example,192.0.2.7} */
    public static DnsServer start(String... options) {
        var program = Tools.program("dnsmasq");
        var server = new DnsServer(program, Account.running(program), FreePort.next(), options);
        server.launch();
        return server;
    }

    public int port() {
        return port;
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }
}
