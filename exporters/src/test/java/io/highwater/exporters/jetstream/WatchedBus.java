// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.Watched;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsServer;
import io.highwater.lab.NatsUser;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings under which tests watch a cluster of the lab. */
final class WatchedBus {

    static final String CLUSTER = "bus";
    static final Duration INTERVAL = Duration.ofSeconds(1);
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    private WatchedBus() {}

    /** Over the API and over all monitoring ports, with the least rights. */
    static Watched both(NatsCluster cluster) {
        return watch(settings(cluster.urls(), monitoring(cluster), NatsUser.MONITOR));
    }

    static Watched byApi(NatsCluster cluster, NatsUser user) {
        return watch(settings(cluster.urls(), Map.of(), user));
    }

    static Watched byMonitoring(NatsCluster cluster) {
        return watch(settings(List.of(), monitoring(cluster), NatsUser.MONITOR));
    }

    static Watched watch(JetStreamSettings settings) {
        return Watched.by(new JetStreamExporter(), CLUSTER, settings, INTERVAL, TIMEOUT);
    }

    static Map<String, String> monitoring(NatsCluster cluster) {
        var ports = new LinkedHashMap<String, String>();
        for (NatsServer node : cluster.nodes()) {
            ports.put(node.name(), node.monitoringUrl());
        }
        return ports;
    }

    static JetStreamSettings settings(List<String> servers, Map<String, String> monitoring, NatsUser user) {
        return settings(servers, monitoring, login(user), Map.of(), Optional.empty());
    }

    static JetStreamSettings.Login login(NatsUser user) {
        var secret = Optional.of(new Secret("test", user::secret));
        return user == NatsUser.KEY
                ? new JetStreamSettings.Login(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), secret)
                : new JetStreamSettings.Login(
                        Optional.of(user.login()), secret, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static JetStreamSettings settings(
            List<String> servers,
            Map<String, String> monitoring,
            JetStreamSettings.Login login,
            Map<String, JetStreamSettings.Login> accounts,
            Optional<ClientTls> tls) {
        return new JetStreamSettings(
                servers,
                monitoring,
                login.user(),
                login.password(),
                login.token(),
                login.credentials(),
                login.nkey(),
                Optional.of("APP"),
                accounts,
                tls,
                Optional.empty(),
                List.of("*"),
                List.of("IGNORED*"),
                List.of("*"),
                List.of("ignored*"),
                1000,
                10_000,
                false,
                List.of());
    }

    /** The same without the account's name. */
    static JetStreamSettings nameless(JetStreamSettings of) {
        return new JetStreamSettings(
                of.servers(),
                of.monitoring(),
                of.user(),
                of.password(),
                of.token(),
                of.credentials(),
                of.nkey(),
                Optional.empty(),
                of.accounts(),
                of.tls(),
                of.domain(),
                of.streams(),
                of.ignoreStreams(),
                of.consumers(),
                of.ignoreConsumers(),
                of.maxStreams(),
                of.maxConsumers(),
                of.consumerReplicas(),
                of.wake());
    }

    /** The same with room for no more. */
    static JetStreamSettings limited(JetStreamSettings of, int maxStreams, int maxConsumers) {
        return new JetStreamSettings(
                of.servers(),
                of.monitoring(),
                of.user(),
                of.password(),
                of.token(),
                of.credentials(),
                of.nkey(),
                of.account(),
                of.accounts(),
                of.tls(),
                of.domain(),
                of.streams(),
                of.ignoreStreams(),
                of.consumers(),
                of.ignoreConsumers(),
                maxStreams,
                maxConsumers,
                of.consumerReplicas(),
                of.wake());
    }

    /** The same, with streams that wake. */
    static JetStreamSettings waking(JetStreamSettings of, List<String> wake) {
        return new JetStreamSettings(
                of.servers(),
                of.monitoring(),
                of.user(),
                of.password(),
                of.token(),
                of.credentials(),
                of.nkey(),
                of.account(),
                of.accounts(),
                of.tls(),
                of.domain(),
                of.streams(),
                of.ignoreStreams(),
                of.consumers(),
                of.ignoreConsumers(),
                of.maxStreams(),
                of.maxConsumers(),
                of.consumerReplicas(),
                wake);
    }
}
