// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.exporters.client.Json;
import io.highwater.exporters.jetstream.RaftGroup.Peer;
import io.highwater.exporters.jetstream.StreamState.Upstream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How servers write streams, consumers and Raft groups: the same in the JetStream API and in {@code /jsz}. */
final class Assets {

    /**
     * Takes the consumers that stand inside a stream in {@code /jsz}.
     */
    @FunctionalInterface
    interface ConsumerSink {
        void accept(ConsumerState consumer);
    }

    private final Json json;
    private final String account;
    private final String server;
    private final long readNanos = System.nanoTime();

    /** @param server the name of the server that answers: the leader of what is in no cluster; empty when not known */
    Assets(Json json, String account, String server) {
        this.json = json;
        this.account = account;
        this.server = server;
    }

    private static final class Stream {
        String name = "";
        final List<String> subjects = new ArrayList<>();
        long replicas = 1;
        boolean inMemory;
        long limitMessages;
        long limitBytes;
        long messages;
        long bytes;
        long firstSequence;
        long lastSequence;
        Optional<Instant> firstTime = Optional.empty();
        Optional<Instant> lastTime = Optional.empty();
        long consumers;
        final List<Upstream> upstreams = new ArrayList<>();

        @Nullable
        RaftGroup group;

        Optional<Instant> at = Optional.empty();
    }

    StreamState stream(ConsumerSink consumers) throws IOException {
        var reader = reading(consumers);
        json.object(reader::read);
        return reader.state();
    }

    /** For a stream whose fields stand among others. */
    StreamReader reading(ConsumerSink consumers) {
        return new StreamReader(consumers);
    }

    /** Puts a stream together, field by field. */
    final class StreamReader {
        private final Stream of = new Stream();
        private final ConsumerSink consumers;

        private StreamReader(ConsumerSink consumers) {
            this.consumers = consumers;
        }

        void read(String field) throws IOException {
            switch (field) {
                case "name" -> of.name = json.text();
                case "config" -> json.object(key -> config(of, key));
                case "state" -> json.object(key -> Assets.this.state(of, key));
                case "cluster" -> of.group = group();
                case "mirror" -> of.upstreams.add(upstream(true));
                case "sources" -> of.upstreams.addAll(json.array(() -> upstream(false)));
                case "ts" -> of.at = json.time();
                case "consumer_detail" ->
                    json.array(() -> {
                        consumers.accept(consumer());
                        return json;
                    });
                default -> {}
            }
        }

        StreamState state() {
            return new StreamState(
                    account,
                    of.name,
                    of.subjects,
                    (int) of.replicas,
                    of.inMemory,
                    of.limitMessages,
                    of.limitBytes,
                    of.messages,
                    of.bytes,
                    of.firstSequence,
                    of.lastSequence,
                    of.messages == 0 ? Optional.empty() : of.firstTime,
                    of.lastTime,
                    of.consumers,
                    of.upstreams,
                    groupOf(of),
                    of.at,
                    readNanos);
        }
    }

    /** A server that starts reads its store first, and until it joins the group it is the leader by its own account. */
    private RaftGroup groupOf(Stream of) {
        var group = of.group == null ? RaftGroup.alone(server) : of.group;
        boolean joined = group.leaderSince().isPresent() || group.size() > 1 || of.replicas <= 1;
        return joined ? group : RaftGroup.UNKNOWN;
    }

    private void config(Stream of, String key) throws IOException {
        switch (key) {
            case "name" -> of.name = json.text();
            case "subjects" -> of.subjects.addAll(json.array(json::text));
            case "num_replicas" -> of.replicas = json.whole();
            case "storage" -> of.inMemory = json.text().equals("memory");
            case "max_msgs" -> of.limitMessages = json.whole();
            case "max_bytes" -> of.limitBytes = json.whole();
            default -> {}
        }
    }

    private void state(Stream of, String key) throws IOException {
        switch (key) {
            case "messages" -> of.messages = json.whole();
            case "bytes" -> of.bytes = json.whole();
            case "first_seq" -> of.firstSequence = json.whole();
            case "last_seq" -> of.lastSequence = json.whole();
            case "first_ts" -> of.firstTime = json.time();
            case "last_ts" -> of.lastTime = json.time();
            case "consumer_count" -> of.consumers = json.whole();
            default -> {}
        }
    }

    private static final class Consumer {
        String stream = "";
        String name = "";
        boolean durable;
        String ackPolicy = "";
        long replicas;
        long maxDeliver;
        final List<String> filters = new ArrayList<>();
        boolean lastOfSubjects;
        final Sequence delivered = new Sequence();
        final Sequence ackFloor = new Sequence();
        long pending;
        long ackPending;
        long redelivered;
        long waiting;
        boolean paused;

        @Nullable
        RaftGroup group;

        Optional<Instant> created = Optional.empty();
        Optional<Instant> at = Optional.empty();
    }

    private static final class Sequence {
        long ofConsumer;
        long ofStream;
        Optional<Instant> last = Optional.empty();
    }

    ConsumerState consumer() throws IOException {
        var reader = readingConsumer();
        json.object(reader::read);
        return reader.state();
    }

    /** For a consumer whose fields stand among others. */
    ConsumerReader readingConsumer() {
        return new ConsumerReader();
    }

    /** Puts a consumer together, field by field. */
    final class ConsumerReader {
        private final Consumer of = new Consumer();

        private ConsumerReader() {}

        void read(String field) throws IOException {
            switch (field) {
                case "stream_name" -> of.stream = json.text();
                case "name" -> of.name = json.text();
                case "config" -> json.object(key -> config(of, key));
                case "created" -> of.created = json.time();
                case "delivered" -> sequence(of.delivered);
                case "ack_floor" -> sequence(of.ackFloor);
                case "num_pending" -> of.pending = json.whole();
                case "num_ack_pending" -> of.ackPending = json.whole();
                case "num_redelivered" -> of.redelivered = json.whole();
                case "num_waiting" -> of.waiting = json.whole();
                case "paused" -> of.paused = json.bool();
                case "cluster" -> of.group = group();
                case "ts" -> of.at = json.time();
                default -> {}
            }
        }

        ConsumerState state() {
            return new ConsumerState(
                    account,
                    of.stream,
                    of.name,
                    of.durable,
                    of.ackPolicy,
                    (int) of.replicas,
                    of.maxDeliver,
                    of.filters,
                    of.lastOfSubjects,
                    of.delivered.ofStream,
                    of.delivered.ofConsumer,
                    of.delivered.last,
                    of.ackFloor.ofStream,
                    of.ackFloor.last,
                    of.pending,
                    of.ackPending,
                    of.redelivered,
                    of.waiting,
                    of.paused,
                    OptionalDouble.empty(),
                    of.group == null ? RaftGroup.alone(server) : of.group,
                    of.created,
                    of.at,
                    readNanos);
        }
    }

    private void config(Consumer of, String key) throws IOException {
        switch (key) {
            case "durable_name" -> of.durable = !json.text().isEmpty();
            case "ack_policy" -> of.ackPolicy = json.text();
            case "num_replicas" -> of.replicas = json.whole();
            case "max_deliver" -> of.maxDeliver = json.whole();
            case "deliver_policy" -> of.lastOfSubjects = json.text().equals("last_per_subject");
            case "filter_subject" -> of.filters.add(json.text());
            case "filter_subjects" -> of.filters.addAll(json.array(json::text));
            default -> {}
        }
    }

    private void sequence(Sequence of) throws IOException {
        json.object(key -> {
            switch (key) {
                case "consumer_seq" -> of.ofConsumer = json.whole();
                case "stream_seq" -> of.ofStream = json.whole();
                case "last_active" -> of.last = json.time();
                default -> {}
            }
        });
    }

    private Upstream upstream(boolean mirror) throws IOException {
        var name = new String[] {""};
        var lag = new long[1];
        json.object(key -> {
            switch (key) {
                case "name" -> name[0] = json.text();
                case "lag" -> lag[0] = json.whole();
                default -> {}
            }
        });
        return new Upstream(name[0], mirror, lag[0]);
    }

    private static final class Group {
        Optional<String> leader = Optional.empty();
        Optional<Instant> leaderSince = Optional.empty();
        boolean tellsSince;
        List<Peer> others = List.of();

        /** From 2.11.12 on who leads says since when; just elected, with its numbers not made up yet, it does not. */
        boolean settles(String server) {
            boolean ofItself = server.isEmpty() || leader.filter(server::equals).isPresent();
            return ofItself && tellsSince && leaderSince.isEmpty() && !others.isEmpty();
        }
    }

    private RaftGroup group() throws IOException {
        return group(_ -> {});
    }

    /** @param others takes the fields that are not a group's */
    RaftGroup group(Json.FieldReader others) throws IOException {
        var of = new Group();
        json.object(key -> {
            switch (key) {
                case "leader" -> of.leader = Optional.of(json.text()).filter(name -> !name.isEmpty());
                case "leader_since" -> of.leaderSince = json.time();
                case "traffic_account" -> of.tellsSince = true; // came with it
                case "replicas" -> of.others = List.copyOf(json.array(this::peer));
                default -> others.read(key);
            }
        });
        return new RaftGroup(of.settles(server) ? Optional.empty() : of.leader, of.leaderSince, of.others);
    }

    private static final class Replica {
        String name = "";
        boolean current;
        boolean offline;
        double active;
        long lag;
    }

    private Peer peer() throws IOException {
        var of = new Replica();
        json.object(key -> {
            switch (key) {
                case "name" -> of.name = json.text();
                case "current" -> of.current = json.bool();
                case "offline" -> of.offline = json.bool();
                case "active" -> of.active = json.real() / 1e9;
                case "lag" -> of.lag = json.whole();
                default -> {}
            }
        });
        return new Peer(of.name, of.current, of.offline, of.active, of.lag);
    }
}
