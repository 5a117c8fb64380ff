// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.highwater.lab.LabException;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsServer;
import io.highwater.lab.NatsUser;
import io.highwater.lab.NatsWriter;
import io.nats.client.Message;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Three NATS servers with streams in memory, of one replica each, into each of which a client writes a message a second.
 * Orders: {@code consumers 1000} (so many in all, spread over the streams), which answers when they are there.
 */
final class NatsLab implements Lab {

    private static final int STREAMS = 50;
    private static final int MESSAGES = 20;
    private static final int UNDER_WAY = 100;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final NatsCluster cluster;
    private final List<NatsWriter> writers = new ArrayList<>();
    private int consumers;

    private NatsLab(NatsCluster cluster) {
        this.cluster = cluster;
    }

    static NatsLab start() {
        var lab = new NatsLab(NatsCluster.newest().start());
        for (int i = 0; i < STREAMS; i++) {
            lab.cluster
                    .client()
                    .createStream(StreamConfiguration.builder()
                            .name(stream(i))
                            .subjects(stream(i) + ".>")
                            .storageType(StorageType.Memory)
                            .replicas(1)
                            .build());
            lab.cluster.client().publish(stream(i) + ".new", MESSAGES);
            lab.writers.add(NatsWriter.start(lab.cluster, stream(i) + ".new", 1));
        }
        return lab;
    }

    private static String stream(int number) {
        return "S" + number % STREAMS;
    }

    @Override
    public String describe() {
        var nodes = cluster.nodes();
        return "{\"version\": \"%s\", \"user\": \"%s\", \"password\": \"%s\", \"ports\": %s, \"monitoring\": %s, \"pids\": %s}"
                .formatted(
                        nodes.getFirst().version(),
                        NatsUser.MONITOR.login(),
                        NatsUser.MONITOR.secret(),
                        nodes.stream().map(NatsServer::port).collect(Collectors.toList()),
                        nodes.stream().map(NatsServer::monitoringPort).collect(Collectors.toList()),
                        nodes.stream().map(NatsServer::pid).collect(Collectors.toList()));
    }

    @Override
    public String obey(String order) {
        var words = order.split(" ", -1);
        if (words.length != 2 || !words[0].equals("consumers")) {
            return Lab.unknown(order);
        }
        try {
            addConsumers(Integer.parseInt(words[1]));
            return "{}";
        } catch (LabException e) {
            return "{\"error\": \"" + e.getMessage() + "\"}";
        }
    }

    /** Many at a time, or ten thousand would take minutes. */
    private void addConsumers(int count) {
        var underWay = new ArrayDeque<CompletableFuture<Message>>();
        for (; consumers < count; consumers++) {
            if (underWay.size() == UNDER_WAY) {
                await(underWay.removeFirst());
            }
            underWay.add(addConsumer(stream(consumers), "c" + consumers));
        }
        underWay.forEach(NatsLab::await);
    }

    private CompletableFuture<Message> addConsumer(String stream, String name) {
        var body = "{\"stream_name\": \"" + stream + "\", \"config\": {\"durable_name\": \"" + name
                + "\", \"ack_policy\": \"explicit\", \"mem_storage\": true}}";
        return cluster.client()
                .connection()
                .request("$JS.API.CONSUMER.DURABLE.CREATE." + stream + "." + name, body.getBytes(UTF_8));
    }

    private static void await(CompletableFuture<Message> request) {
        try {
            var answer =
                    new String(request.get(LIMIT.toSeconds(), TimeUnit.SECONDS).getData(), UTF_8);
            if (answer.contains("\"error\"")) {
                throw new LabException(answer);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new LabException("cannot create a consumer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    @Override
    public void close() {
        writers.forEach(NatsWriter::close);
        cluster.close();
    }
}
