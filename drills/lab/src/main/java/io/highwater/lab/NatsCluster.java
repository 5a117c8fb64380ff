// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * NATS servers with JetStream, three unless planned otherwise, which form a cluster.
 *
 * <p>A new leader takes 4 to 8 s when the old one is killed or paused, and much less than 1 s when it steps down. Not
 * thread-safe: one test or drill drives it.
 */
public final class NatsCluster implements AutoCloseable {

    private static final Duration LEADER_LIMIT = Duration.ofSeconds(60);

    private final List<NatsServer> nodes;
    private final @Nullable LabTls tls;
    private @Nullable NatsClient client;

    NatsCluster(NatsPlan plan) {
        var binaries = NatsBinaries.of(plan.version());
        this.tls = plan.tls() == NatsPlan.Tls.NOBODY ? null : LabTls.create();
        this.nodes = IntStream.rangeClosed(1, plan.nodes())
                .mapToObj(number -> new NatsServer("nats-" + number, binaries, tls == null ? "nats" : "tls"))
                .toList();
        var configuration = new NatsConfiguration(plan, nodes);
        for (var node : nodes) {
            node.write(NatsServer.CONFIGURATION, configuration.of(node));
            if (tls != null) {
                tls.files().forEach(node::write);
            }
        }
    }

    /** Three nodes of a version such as 2.9; say what else before {@link NatsPlan#start()}. */
    public static NatsPlan of(String version) {
        return new NatsPlan(version, 3, NatsPlan.Tls.NOBODY, List.of());
    }

    /** Three nodes of the newest version there is. */
    public static NatsPlan newest() {
        return new NatsPlan(NatsBinaries.newest().version(), 3, NatsPlan.Tls.NOBODY, List.of());
    }

    void startAll() {
        nodes.forEach(NatsServer::launch);
        nodes.forEach(NatsServer::awaitListening);
        awaitReady();
    }

    /** Starts those that do not run, and returns when all agree as after the first start. */
    public void start() {
        nodes.forEach(NatsServer::start);
        awaitReady();
    }

    public List<NatsServer> nodes() {
        return nodes;
    }

    public NatsServer node(String name) {
        return find(name).orElseThrow(() -> new LabException("no node " + name + ", there are " + nodes));
    }

    /** The other nodes, in the order of their names. */
    public List<NatsServer> others(NatsServer node) {
        return nodes.stream().filter(other -> other != node).toList();
    }

    /** Of all nodes, for a client's list of servers. */
    public List<String> urls() {
        return nodes.stream().map(NatsServer::url).toList();
    }

    /** The certificates of a cluster that was planned with TLS. */
    public LabTls tls() {
        if (tls == null) {
            throw new LabException("this cluster was planned without TLS");
        }
        return tls;
    }

    /** A connection of its own to whichever node answers; the caller closes it. */
    public NatsClient client(NatsUser user) {
        return client(user, NatsClient.REQUEST_LIMIT);
    }

    NatsClient client(NatsUser user, Duration requestLimit) {
        return NatsClient.connect(urls(), tls, user, requestLimit);
    }

    /** The cluster's own client, as {@link NatsUser#APP}. */
    public NatsClient client() {
        if (client == null) {
            client = client(NatsUser.APP);
        }
        return client;
    }

    /** Who leads JetStream in the cluster, and says so itself; nobody when a node is alone. */
    public Optional<NatsServer> metaLeader() {
        return awake().filter(node -> node.name().equals(meta(node).leader())).findFirst();
    }

    public NatsServer awaitMetaLeader() {
        return await("the cluster", this::metaLeader);
    }

    /** The leader of a stream of {@link NatsUser#APP}; nobody when it has none, or when it is said to be a node that cannot be. */
    public Optional<NatsServer> leader(String stream) {
        return awake(client().leader(stream));
    }

    public Optional<NatsServer> leader(String stream, String consumer) {
        return awake(client().leader(stream, consumer));
    }

    public NatsServer awaitLeader(String stream) {
        return await(stream, () -> leader(stream));
    }

    public NatsServer awaitLeader(String stream, String consumer) {
        return await(stream + " > " + consumer, () -> leader(stream, consumer));
    }

    /** Lets the leaders of a stream step down until it is led by this node. */
    public void moveLeader(String stream, NatsServer target) {
        move(stream, target, () -> leader(stream), client -> client.stepDown(stream));
    }

    /** Lets the leaders of a consumer step down until it is led by this node. */
    public void moveLeader(String stream, String consumer, NatsServer target) {
        move(
                stream + " > " + consumer,
                target,
                () -> leader(stream, consumer),
                client -> client.stepDown(stream, consumer));
    }

    /** Returns when all nodes that are awake agree on a leader of JetStream, who sees all of them as current. */
    public void awaitReady() {
        Await.until("JetStream to be ready", LEADER_LIMIT, this::isReady, this::logTails);
    }

    private boolean isReady() {
        if (nodes.size() == 1) {
            return awake().allMatch(node -> node.monitoring("/jsz").isPresent());
        }
        return metaLeader()
                .filter(leader -> awake().allMatch(node -> meta(node).leader().equals(leader.name())))
                .map(leader -> meta(leader).current())
                .filter(current ->
                        awake().filter(node -> current.contains(node.name())).count() == awake().count() - 1)
                .isPresent();
    }

    /**
     * What a node says about JetStream's own consensus.
     *
     * @param leader empty when it knows none
     * @param current replicas, which only the leader knows
     */
    private record Meta(String leader, List<String> current) {}

    private static Meta meta(NatsServer node) {
        var meta = JsonValueUtils.readObject(node.monitoring("/jsz").orElse(JsonValue.EMPTY_MAP), "meta_cluster");
        var current = JsonValueUtils.readArray(meta, "replicas").stream()
                .filter(replica -> JsonValueUtils.readBoolean(replica, "current", false))
                .map(replica -> JsonValueUtils.readString(replica, "name", ""))
                .toList();
        return new Meta(JsonValueUtils.readString(meta, "leader", ""), current);
    }

    private void move(
            String what, NatsServer target, Supplier<Optional<NatsServer>> leader, Consumer<NatsClient> stepDown) {
        Await.until(
                target.name() + " to lead " + what,
                LEADER_LIMIT,
                () -> {
                    var now = leader.get();
                    if (now.isPresent() && now.get() != target) {
                        stepDown.accept(client());
                    }
                    return now.isPresent() && now.get() == target;
                },
                this::logTails);
    }

    private NatsServer await(String what, Supplier<Optional<NatsServer>> leader) {
        var found = new AtomicReference<Optional<NatsServer>>(Optional.empty());
        Await.until(
                "a leader of " + what,
                LEADER_LIMIT,
                () -> {
                    found.set(leader.get());
                    return found.get().isPresent();
                },
                this::logTails);
        return found.get().orElseThrow();
    }

    private Stream<NatsServer> awake() {
        return nodes.stream().filter(NatsServer::isAwake);
    }

    private Optional<NatsServer> awake(Optional<String> name) {
        return name.flatMap(this::find).filter(NatsServer::isAwake);
    }

    private Optional<NatsServer> find(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    private String logTails() {
        return nodes.stream().map(node -> node.name() + ":\n" + node.logTail()).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        nodes.forEach(NatsServer::close);
        if (tls != null) {
            tls.close();
        }
    }

    @Override
    public String toString() {
        return nodes.stream().map(NatsServer::toString).collect(Collectors.joining(", "));
    }
}
