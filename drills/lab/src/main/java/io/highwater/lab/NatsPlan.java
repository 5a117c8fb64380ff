// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a NATS cluster is to be. Nothing runs until {@link #start()}.
 *
 * @param version of all nodes, such as 2.9
 * @param nodes how many, called nats-1, nats-2 …; one alone is no cluster to NATS, it knows no replicas and no leaders
 * @param tls between clients and nodes
 * @param settings lines for the end of every node's configuration
 */
public record NatsPlan(String version, int nodes, Tls tls, List<String> settings) {

    /** Who has to show a certificate. */
    public enum Tls {
        NOBODY,
        SERVERS,
        SERVERS_AND_CLIENTS
    }

    public NatsPlan {
        if (nodes < 1) {
            throw new IllegalArgumentException("there must be a node");
        }
        settings = List.copyOf(settings);
    }

    public NatsPlan nodes(int count) {
        return new NatsPlan(version, count, tls, settings);
    }

    /** Clients' port alone; the monitoring port speaks HTTP in any case. The certificates are {@link NatsCluster#tls()}. */
    public NatsPlan tls(Tls who) {
        return new NatsPlan(version, nodes, who, settings);
    }

    /** A line of every node's configuration, such as {@code max_payload: 4KB}; it wins over the lab's own. */
    public NatsPlan setting(String line) {
        return new NatsPlan(
                version,
                nodes,
                tls,
                Stream.concat(settings.stream(), Stream.of(line)).toList());
    }

    /** A new cluster whose nodes agree on who leads JetStream. */
    public NatsCluster start() {
        var cluster = new NatsCluster(this);
        try {
            cluster.startAll();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }
}
