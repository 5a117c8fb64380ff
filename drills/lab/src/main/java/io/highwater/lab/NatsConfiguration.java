// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is in the configuration files of a cluster's nodes. */
record NatsConfiguration(NatsPlan plan, List<NatsServer> nodes) {

    private static final Set<String> WITHOUT_JETSTREAM = Set.of("BARE", "SYS");

    String of(NatsServer node) {
        return """
                server_name: %s
                listen: "127.0.0.1:%d"
                http: "127.0.0.1:%d"
                jetstream { store_dir: "%s", max_memory_store: 64MB, max_file_store: 1GB }
                %s
                %s
                accounts {
                %s}
                system_account: SYS
                %s
                """.formatted(
                        node.name(),
                        node.port(),
                        node.monitoringPort(),
                        node.storeFolder(),
                        nodes.size() > 1 ? cluster(node) : "",
                        tls(),
                        accounts(),
                        String.join("\n", plan.settings()));
    }

    private String cluster(NatsServer node) {
        var routes = nodes.stream()
                .filter(other -> other != node)
                .map(other -> "\"nats-route://127.0.0.1:" + other.routePort() + "\"")
                .collect(Collectors.joining(", "));
        return "cluster { name: lab, listen: \"127.0.0.1:" + node.routePort() + "\", routes: [" + routes + "] }";
    }

    /** The files are the node's own copies: certificates of others are not its account's to read. */
    private String tls() {
        var files = "cert_file: " + LabTls.SERVER + ", key_file: " + LabTls.SERVER_KEY;
        return switch (plan.tls()) {
            case NOBODY -> "";
            case SERVERS -> "tls { " + files + " }";
            case SERVERS_AND_CLIENTS -> "tls { " + files + ", ca_file: " + LabTls.AUTHORITY + ", verify: true }";
        };
    }

    private static String accounts() {
        return Arrays.stream(NatsUser.values())
                .map(NatsUser::account)
                .distinct()
                .map(NatsConfiguration::account)
                .collect(Collectors.joining());
    }

    private static String account(String name) {
        var users = Arrays.stream(NatsUser.values())
                .filter(user -> user.account().equals(name))
                .map(NatsUser::configuration)
                .collect(Collectors.joining());
        var jetStream = WITHOUT_JETSTREAM.contains(name) ? "" : "jetstream: enabled\n";
        return name + " {\n" + jetStream + "users: [\n" + users + "]\n}\n";
    }
}
