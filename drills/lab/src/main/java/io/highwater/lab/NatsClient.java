// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.api.Replica;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValueUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One user's connection to a NATS cluster, with what tests and drills do to streams; for all else there are
 * {@link #connection()} and {@link #management()}. When its node dies or hangs, it goes to another one within 2 s.
 *
 * <p>What the servers refuse is a {@link LabException}.
 */
public final class NatsClient implements AutoCloseable {

    static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(1);
    private static final Duration UNHEARD = Duration.ofMillis(20);
    private static final Duration FETCH_LIMIT = Duration.ofSeconds(2);

    private final Connection connection;
    private final JetStreamOptions options;

    private interface Call<T> {
        T run() throws IOException, JetStreamApiException, InterruptedException, TimeoutException;
    }

    private NatsClient(Connection connection, Duration requestLimit) {
        this.connection = connection;
        this.options = JetStreamOptions.builder().requestTimeout(requestLimit).build();
    }

    /** @param requestLimit how long JetStream may take for an answer */
    static NatsClient connect(List<String> urls, @Nullable LabTls tls, NatsUser user, Duration requestLimit) {
        var builder = Options.builder()
                .servers(urls.toArray(String[]::new))
                .connectionTimeout(Duration.ofSeconds(2))
                .pingInterval(Duration.ofMillis(500))
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(100))
                .errorListener(new ErrorListener() {}); // failures are seen by who asks
        if (user == NatsUser.KEY) {
            builder.authHandler(Nats.staticCredentials(null, user.secret().toCharArray()));
        } else {
            builder.userInfo(user.login(), user.secret());
        }
        if (tls != null) {
            builder.sslContext(tls.clientContext());
        }
        return call("connect as " + user, () -> new NatsClient(Nats.connect(builder.build()), requestLimit));
    }

    /** A stream of the subjects {@code <name>.>}. */
    public StreamInfo createStream(String name, int replicas) {
        return createStream(StreamConfiguration.builder()
                .name(name)
                .subjects(name + ".>")
                .replicas(replicas)
                .build());
    }

    public StreamInfo createStream(StreamConfiguration stream) {
        return call("create " + stream.getName(), () -> again(() -> management().addStream(stream)));
    }

    /** A durable pull consumer of all messages, with explicit acknowledgement and as many replicas as the stream. */
    public ConsumerInfo createConsumer(String stream, String name) {
        return createConsumer(
                stream,
                ConsumerConfiguration.builder()
                        .durable(name)
                        .ackPolicy(AckPolicy.Explicit)
                        .build());
    }

    public ConsumerInfo createConsumer(String stream, ConsumerConfiguration consumer) {
        return call(
                "create a consumer of " + stream,
                () -> again(() -> management().addOrUpdateConsumer(stream, consumer)));
    }

    /**
     * One message; returns when the stream has stored it. Waits for a leader that listens: of a new stream the nodes hear
     * a moment after its creation.
     */
    public PublishAck publish(String subject, String text) {
        var body = text.getBytes(StandardCharsets.UTF_8);
        var deadline = System.nanoTime() + options.getRequestTimeout().toNanos();
        return call("publish to " + subject, () -> {
            while (true) {
                try {
                    return connection.jetStream(options).publish(subject, body);
                } catch (IOException e) {
                    if (!isUnheard(e) || System.nanoTime() - deadline > 0) {
                        throw e;
                    }
                    Thread.sleep(UNHEARD);
                }
            }
        });
    }

    /** Nobody had subscribed to the subject, so nothing was stored. The client library has no type for that. */
    private static boolean isUnheard(IOException failure) {
        return String.valueOf(failure.getMessage()).contains("503 No Responders");
    }

    /** Messages 1 … count; returns when the stream has stored all of them. */
    public void publish(String subject, int count) {
        for (int i = 1; i <= count; i++) {
            publish(subject, Integer.toString(i));
        }
    }

    /** Takes messages and leaves them unacknowledged. Fewer than asked for when no more come for 2 s. */
    public List<Message> fetch(String stream, String consumer, int count) {
        return call("fetch from " + stream + " > " + consumer, () -> {
            var subscription =
                    connection.jetStream(options).subscribe(null, PullSubscribeOptions.fastBind(stream, consumer));
            try {
                return subscription.fetch(count, FETCH_LIMIT);
            } finally {
                subscription.unsubscribe();
            }
        });
    }

    /** As {@link #fetch}; returns when the server has confirmed each acknowledgement. */
    public List<Message> fetchAndAck(String stream, String consumer, int count) {
        var messages = fetch(stream, consumer, count);
        messages.forEach(this::ack);
        return messages;
    }

    /** Returns when the server has confirmed it. */
    public void ack(Message message) {
        call("acknowledge", () -> {
            message.ackSync(REQUEST_LIMIT);
            return true;
        });
    }

    public void purge(String stream) {
        call("purge " + stream, () -> management().purgeStream(stream));
    }

    public void deleteStream(String stream) {
        call("delete " + stream, () -> management().deleteStream(stream));
    }

    public void deleteConsumer(String stream, String consumer) {
        call("delete " + stream + " > " + consumer, () -> management().deleteConsumer(stream, consumer));
    }

    public StreamInfo streamInfo(String stream) {
        return call("look at " + stream, () -> management().getStreamInfo(stream));
    }

    public ConsumerInfo consumerInfo(String stream, String consumer) {
        return call("look at " + stream + " > " + consumer, () -> management().getConsumerInfo(stream, consumer));
    }

    /** The nodes that follow a stream's leader, as it sees them. */
    public List<Replica> replicas(String stream) {
        var cluster = streamInfo(stream).getClusterInfo();
        var replicas = cluster == null ? null : cluster.getReplicas();
        return replicas == null ? List.of() : replicas;
    }

    /** The node that the servers say leads a stream, which may be one that died seconds ago. */
    public Optional<String> leader(String stream) {
        return leaderIn("$JS.API.STREAM.INFO." + stream);
    }

    public Optional<String> leader(String stream, String consumer) {
        return leaderIn("$JS.API.CONSUMER.INFO." + stream + "." + consumer);
    }

    /** Lets a stream's leader give up; the next one may be any other replica. */
    public void stepDown(String stream) {
        command("$JS.API.STREAM.LEADER.STEPDOWN." + stream, "");
    }

    public void stepDown(String stream, String consumer) {
        command("$JS.API.CONSUMER.LEADER.STEPDOWN." + stream + "." + consumer, "");
    }

    /** Takes a stream's replica from a node; the cluster gives it to another node if there is one. */
    public void removePeer(String stream, NatsServer node) {
        command("$JS.API.STREAM.PEER.REMOVE." + stream, "{\"peer\": \"" + node.name() + "\"}");
    }

    public Connection connection() {
        return connection;
    }

    /** Of streams and consumers; waits up to 5 s for an answer. */
    public JetStreamManagement management() {
        return call("get at JetStream", () -> connection.jetStreamManagement(options));
    }

    /** No answer within 1 s is no leader, too. */
    private Optional<String> leaderIn(String subject) {
        return request(subject, "", LOOK_LIMIT)
                .map(answer -> JsonValueUtils.readObject(JsonParser.parseUnchecked(answer), "cluster"))
                .map(cluster -> JsonValueUtils.readString(cluster, "leader", ""))
                .filter(leader -> !leader.isEmpty());
    }

    private void command(String subject, String body) {
        var answer =
                request(subject, body, REQUEST_LIMIT).orElseThrow(() -> new LabException("no answer to " + subject));
        if (!JsonValueUtils.readBoolean(JsonParser.parseUnchecked(answer), "success", false)) {
            throw new LabException(subject + ": " + answer);
        }
    }

    private Optional<String> request(String subject, String body, Duration limit) {
        return call(
                "ask " + subject,
                () -> Optional.ofNullable(connection.request(subject, body.getBytes(StandardCharsets.UTF_8), limit))
                        .map(answer -> new String(answer.getData(), StandardCharsets.UTF_8)));
    }

    /** What is there already is no harm; and a request of a young cluster may stay without an answer. */
    private static <T> T again(Call<T> call)
            throws IOException, JetStreamApiException, TimeoutException, InterruptedException {
        try {
            return call.run();
        } catch (IOException e) {
            return call.run();
        }
    }

    private static <T> T call(String what, Call<T> call) {
        try {
            return call.run();
        } catch (IOException | JetStreamApiException | TimeoutException | IllegalStateException e) {
            throw new LabException("cannot " + what + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while trying to " + what, e);
        }
    }

    @Override
    public void close() {
        call("close", () -> {
            connection.close();
            return true;
        });
    }
}
