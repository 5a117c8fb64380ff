// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.Secret;
import io.nats.client.AuthHandler;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to a NATS cluster for one account: opened when it is first needed, to whichever server answers, and
 * moved to another one by the client when that one falls silent.
 */
final class ApiConnection implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

    private final JetStreamSettings settings;
    private final JetStreamSettings.Login login;
    private final Advisories advisories;
    private final String prefix;
    private @Nullable Connection connection;
    private boolean closed;
    private volatile String lastError = "";
    private final AtomicLong asked = new AtomicLong();
    private final Map<Long, Waiting> unanswered = new ConcurrentHashMap<>();

    private record Waiting(String subject, CompletableFuture<Message> reply) {}

    ApiConnection(JetStreamSettings settings, JetStreamSettings.Login login, Advisories advisories) {
        this.settings = settings;
        this.login = login;
        this.advisories = advisories;
        this.prefix = settings.domain().map(domain -> "$JS." + domain + ".API.").orElse("$JS.API.");
    }

    /** Takes the fields of an answer. */
    @FunctionalInterface
    interface Answer {
        void read(Json json, String field) throws IOException;
    }

    /**
     * Asks the JetStream API.
     *
     * @param subject after {@code $JS.API.}
     * @return the error that it answered with, or nothing
     * @throws CollectionException with {@link Reason#TIMEOUT} when nobody answers, {@link Reason#AUTH} when we may not
     *     ask
     */
    Optional<ApiError> ask(String subject, String body, Duration timeout, Answer answer)
            throws CollectionException, InterruptedException {
        var error = new ArrayList<ApiError>(1);
        request(prefix + subject, body, timeout, (json, field) -> {
            if (field.equals("error")) {
                error.add(error(json));
            } else {
                answer.read(json, field);
            }
        });
        return error.stream().findFirst();
    }

    /** The same for any subject. */
    void request(String subject, String body, Duration timeout, Answer answer)
            throws CollectionException, InterruptedException {
        var open = open();
        if (timeout.isNegative() || timeout.isZero()) {
            throw new CollectionException(Reason.TIMEOUT, "no time left for " + subject);
        }
        var reply = await(subject, open.request(subject, body.getBytes(StandardCharsets.UTF_8)), timeout);
        Json.read(reply.getData(), subject, json -> {
            json.object(field -> answer.read(json, field));
            return json;
        });
    }

    private Message await(String subject, CompletableFuture<Message> reply, Duration timeout)
            throws CollectionException, InterruptedException {
        long number = asked.incrementAndGet();
        unanswered.put(number, new Waiting(subject, reply));
        try {
            return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new CollectionException(Reason.TIMEOUT, "no answer to " + subject, e);
        } catch (ExecutionException | CancellationException e) {
            throw e.getCause() instanceof CollectionException known
                    ? known
                    : new CollectionException(Reason.REFUSED, "nobody serves " + subject, e);
        } finally {
            unanswered.remove(number);
            reply.cancel(true);
        }
    }

    /** The server does not answer what we may not ask; it only tells the connection that it was asked. */
    private void turnDown(String error) {
        unanswered.values().forEach(waiting -> {
            if (error.contains("\"" + waiting.subject + "\"")) {
                waiting.reply.completeExceptionally(new CollectionException(Reason.AUTH, error));
            }
        });
    }

    private static ApiError error(Json json) throws IOException {
        var code = new long[1];
        var text = new String[] {""};
        json.object(key -> {
            switch (key) {
                case "err_code" -> code[0] = json.whole();
                case "description" -> text[0] = json.text();
                default -> {}
            }
        });
        return new ApiError((int) code[0], text[0]);
    }

    private synchronized Connection open() throws CollectionException, InterruptedException {
        var open = connection;
        if (closed) {
            throw new CollectionException(Reason.REFUSED, "closed");
        }
        if (open == null || open.getStatus() == Connection.Status.CLOSED) {
            open = connect();
            connection = open;
        }
        if (open.getStatus() != Connection.Status.CONNECTED) {
            throw new CollectionException(Reason.REFUSED, "no server answers: " + lastError);
        }
        return open;
    }

    private Connection connect() throws CollectionException, InterruptedException {
        try {
            var made = Nats.connect(options());
            listen(made);
            return made;
        } catch (AuthenticationException e) {
            throw new CollectionException(Reason.AUTH, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new CollectionException(Reason.REFUSED, e.getMessage() + " " + settings.servers(), e);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new CollectionException(Reason.AUTH, String.valueOf(e.getMessage()), e);
        }
    }

    private void listen(Connection made) {
        var dispatcher = made.createDispatcher(message -> advisories.take(message.getSubject(), message.getData()));
        Advisories.SUBJECTS.forEach(dispatcher::subscribe);
        advisories.listens();
    }

    private Options options() throws CollectionException {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var options = new Options.Builder()
                .servers(settings.servers().toArray(String[]::new))
                .connectionName("highwater")
                .connectionTimeout(CONNECT_LIMIT)
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(250))
                // A frozen server is left after three seconds.
                .pingInterval(Duration.ofSeconds(1))
                .maxPingsOut(2)
                .executor(threads)
                .connectExecutor(threads)
                .callbackExecutor(threads)
                .errorListener(new Errors())
                .connectionListener((_, event) -> changed(event));
        if (settings.tls().isPresent()) {
            options.sslContext(settings.tls().get().context());
        }
        authenticate(options);
        return options.build();
    }

    private void authenticate(Options.Builder options) {
        if (login.user().isPresent()) {
            options.userInfo(
                    login.user().get(), login.password().map(Secret::reveal).orElse(""));
        } else if (login.token().isPresent()) {
            options.token(login.token().get().reveal().toCharArray());
        } else if (login.credentials().isPresent()) {
            var file = login.credentials().get();
            if (!Files.isReadable(file)) {
                throw new IllegalStateException("credentials " + file + ": cannot be read");
            }
            options.authHandler(Nats.credentials(file.toString()));
        } else if (login.nkey().isPresent()) {
            options.authHandler(seed(login.nkey().get()));
        }
    }

    private static AuthHandler seed(Secret nkey) {
        return Nats.staticCredentials(null, nkey.reveal().toCharArray());
    }

    private void changed(Events event) {
        switch (event) {
            case RECONNECTED, RESUBSCRIBED -> advisories.listens();
            case DISCONNECTED, CLOSED -> advisories.isDeaf();
            default -> {}
        }
    }

    /** Keeps the last error for people; nothing of it is logged, since each becomes the outcome of a collection. */
    private final class Errors implements ErrorListener {
        @Override
        public void errorOccurred(Connection of, String error) {
            lastError = error;
            if (error.contains("Permissions Violation for Subscription")) {
                advisories.isDeaf();
            } else if (error.contains("Permissions Violation")) {
                turnDown(error);
            }
        }

        @Override
        public void exceptionOccurred(Connection of, Exception exception) {
            lastError = String.valueOf(exception.getMessage());
        }
    }

    /** Closing waits for what is in flight, so somebody else does it. */
    @Override
    public synchronized void close() {
        closed = true;
        var open = connection;
        if (open != null) {
            Thread.startVirtualThread(() -> {
                try {
                    open.close();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }
}
