// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench.scaling;

import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsServer;
import io.highwater.lab.NatsUser;
import io.highwater.lab.Outbox;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.support.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three NATS servers with many consumers, a Redis with queues of BullMQ and a Postgres with tables of work, and how an
 * agent watches them.
 */
final class Backends implements AutoCloseable {

    static final String WORKER = "worker";

    private static final int STREAMS = 25;
    private static final int CONSUMERS_OF_A_STREAM = 20;
    private static final int MESSAGES = 20;
    private static final String AGENT = "highwater";
    private static final String SECRET = "password-of-the-bench";

    private final NatsCluster nats;
    private final RedisSet redis;
    private final PostgresServer postgres;
    private final QueueProgram queues;
    private final int each;
    private final Map<String, Work> work = new LinkedHashMap<>();

    private Backends(NatsCluster nats, RedisSet redis, PostgresServer postgres, QueueProgram queues, int each) {
        this.nats = nats;
        this.redis = redis;
        this.postgres = postgres;
        this.queues = queues;
        this.each = each;
    }

    /** @param each so much work there is of each kind, called nats-0, nats-1 …, bullmq-0 …, outbox-0 … */
    static Backends start(int each) {
        var nats = NatsCluster.newest().start();
        var redis = RedisSet.plan().start();
        var queues = QueueProgram.start(QueueLibrary.newest(QueueSystem.BULLMQ), QueueStore.redis(redis.master()));
        var backends = new Backends(nats, redis, PostgresServer.of(18).start(), queues, each);
        backends.fill();
        return backends;
    }

    private void fill() {
        for (int i = 0; i < STREAMS; i++) {
            createStream("S" + i);
            for (int j = 0; j < CONSUMERS_OF_A_STREAM; j++) {
                createConsumer("S" + i, "c" + j);
            }
            nats.client().publish("S" + i + ".new", MESSAGES);
        }
        postgres.createMonitor(AGENT, SECRET);
        for (int i = 0; i < each; i++) {
            createStream("JOBS-" + i);
            createConsumer("JOBS-" + i, WORKER);
            work.put("nats-" + i, new Work.Consumer(nats, "JOBS-" + i));
            work.put("bullmq-" + i, new Work.Queue(queues.queue("jobs-" + i)));
            createTable("jobs_" + i);
            work.put("outbox-" + i, new Work.Table(postgres, "jobs_" + i));
        }
    }

    private void createStream(String name) {
        nats.client()
                .createStream(StreamConfiguration.builder()
                        .name(name)
                        .subjects(name + ".>")
                        .storageType(StorageType.Memory)
                        .replicas(1)
                        .build());
    }

    private void createConsumer(String stream, String name) {
        nats.client()
                .createConsumer(
                        stream,
                        ConsumerConfiguration.builder()
                                .durable(name)
                                .ackPolicy(AckPolicy.Explicit)
                                .memStorage(true)
                                .build());
    }

    private void createTable(String name) {
        Outbox.create(postgres, name).withIndex().close();
        postgres.execute("GRANT SELECT ON " + name + " TO " + AGENT);
        postgres.execute("CREATE FUNCTION " + name + "_written() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " PERFORM pg_notify('" + name + "', ''); RETURN NULL; END $$");
        postgres.execute("CREATE TRIGGER written AFTER INSERT ON " + name + " FOR EACH STATEMENT EXECUTE FUNCTION "
                + name + "_written()");
    }

    /** By the names of their policies. */
    Map<String, Work> work() {
        return work;
    }

    /** Consumers for signals, as stream and consumer. */
    static List<String[]> consumers() {
        return IntStream.range(0, STREAMS * CONSUMERS_OF_A_STREAM)
                .mapToObj(i -> new String[] {"S" + i % STREAMS, "c" + i / STREAMS})
                .toList();
    }

    Map<String, String> passwords() {
        return Map.of("BUS_PASSWORD", NatsUser.APP.secret(), "DB_PASSWORD", SECRET);
    }

    /** The part of the configuration that says what to watch. */
    String yaml() {
        return """
                clusters:
                  bus:
                    jetstream:
                      servers: [ %s ]
                      user: %s
                      passwordEnv: BUS_PASSWORD
                      wake: [ "JOBS-*" ]
                      collectors: { streams: { interval: 2s } }
                  queues:
                    bullmq:
                      redis: { nodes: { redis-1: "%s" } }
                      queues: [ %s ]
                      wake: [ "jobs-*" ]
                      collectors: { state: { interval: 2s } }
                  db:
                    outbox:
                      postgres: { nodes: { pg-1: "127.0.0.1:%d" }, passwordEnv: DB_PASSWORD, sslMode: disable }
                      tables:
                %s
                      collectors: { state: { interval: 2s } }
                """.formatted(
                        nats.urls().stream().map(url -> '"' + url + '"').collect(Collectors.joining(", ")),
                        NatsUser.APP.login(),
                        redis.master().address(),
                        IntStream.range(0, each).mapToObj(i -> "jobs-" + i).collect(Collectors.joining(", ")),
                        postgres.port(),
                        IntStream.range(0, each)
                                .mapToObj(
                                        "        jobs_%1$d: { table: jobs_%1$d, processedAt: processed_at, wake: jobs_%1$d }"
                                                ::formatted)
                                .collect(Collectors.joining("\n")));
    }

    /** All of them hang: connections stay, nobody answers. */
    void pause() {
        nats.nodes().forEach(NatsServer::pause);
        redis.servers().forEach(RedisServer::pause);
        postgres.pause();
    }

    void resume() {
        postgres.resume();
        redis.servers().forEach(RedisServer::resume);
        nats.nodes().forEach(NatsServer::resume);
    }

    /** What one kind of backend sees of its clients. */
    record Seen(long connections, long commands) {}

    /** The agent's connections to the servers, and the messages that all clients sent so far. */
    Seen nats() {
        long connections = 0;
        long messages = 0;
        for (var node : nats.nodes()) {
            connections += value(monitored(node, "/connz?limit=1000"), "connections").array.stream()
                    .filter(one -> AGENT.equals(string(one, "name")))
                    .count();
            messages += number(monitored(node, "/varz"), "in_msgs");
        }
        return new Seen(connections, messages);
    }

    private static JsonValue monitored(NatsServer node, String path) {
        return node.monitoring(path).orElseThrow(() -> new IllegalStateException(node + " does not answer " + path));
    }

    private static JsonValue value(JsonValue object, String key) {
        return Objects.requireNonNull(object.map.get(key), key);
    }

    private static String string(JsonValue object, String key) {
        var value = object.map.get(key);
        return value == null || value.string == null ? "" : value.string;
    }

    private static long number(JsonValue object, String key) {
        var number = value(object, key).number;
        return number == null ? 0 : number.longValue();
    }

    /** The agent's connections, and the commands of all clients so far. */
    Seen redis() {
        var server = redis.master();
        long connections = String.valueOf(server.command("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains("name=" + AGENT))
                .count();
        return new Seen(connections, Long.parseLong(server.info("total_commands_processed")));
    }

    /** The agent's connections, and the transactions of all clients so far. */
    Seen postgres() {
        return new Seen(
                Long.parseLong(postgres.value("SELECT count(*) FROM pg_stat_activity WHERE usename = '" + AGENT + "'")),
                Long.parseLong(postgres.value("SELECT sum(xact_commit + xact_rollback) FROM pg_stat_database")));
    }

    @Override
    public void close() {
        queues.close();
        redis.close();
        postgres.close();
        nats.close();
    }
}
