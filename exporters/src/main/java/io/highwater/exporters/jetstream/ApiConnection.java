// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.exporters.client.Json;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to a NATS cluster for one account: opened when it is first needed, to whichever server answers, and
 * moved to another one by the client when that one falls silent.
 */
final class ApiConnection implements AutoCloseable {

    private final Dial dial;
    private final Advisories advisories;
    private final StreamWake wake;
    private final String prefix;
    private @Nullable Connection connection;
    private @Nullable CollectionException whyNot;
    private long whyNotNanos;
    private boolean closed;
    private volatile String lastError = "";
    private volatile boolean mayListen = true;
    private final AtomicLong asked = new AtomicLong();
    private final Map<Long, Waiting> unanswered = new ConcurrentHashMap<>();

    /** @param failure never an answer */
    private record Waiting(String subject, CompletableFuture<Message> failure) {}

    ApiConnection(JetStreamSettings settings, JetStreamSettings.Login login, Advisories advisories, StreamWake wake) {
        this.dial = new Dial(settings, login);
        this.advisories = advisories;
        this.wake = wake;
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
        var reply = await(open, subject, body, timeout);
        Json.read(reply.getData(), subject, json -> {
            json.object(field -> answer.read(json, field));
            return json;
        });
    }

    private Message await(Connection open, String subject, String body, Duration timeout)
            throws CollectionException, InterruptedException {
        long number = asked.incrementAndGet();
        var waiting = new Waiting(subject, new CompletableFuture<>());
        unanswered.put(number, waiting);
        var request = open.request(subject, body.getBytes(StandardCharsets.UTF_8));
        try {
            return request.applyToEither(waiting.failure, Function.identity())
                    .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new CollectionException(Reason.TIMEOUT, "no answer to " + subject, e);
        } catch (ExecutionException | CancellationException e) {
            throw e.getCause() instanceof CollectionException known
                    ? known
                    : new CollectionException(Reason.REFUSED, "nobody serves " + subject, e);
        } finally {
            unanswered.remove(number);
            request.cancel(true);
        }
    }

    /** Ends the requests that will have no answer. */
    private void fail(Predicate<String> subjects, Reason reason, String why) {
        unanswered.values().stream()
                .filter(waiting -> subjects.test(waiting.subject))
                .forEach(waiting -> waiting.failure.completeExceptionally(new CollectionException(reason, why)));
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

    private Connection open() throws CollectionException, InterruptedException {
        return open(System.nanoTime());
    }

    private synchronized Connection open(long sinceNanos) throws CollectionException, InterruptedException {
        var open = connection;
        if (closed) {
            throw new CollectionException(Reason.REFUSED, "closed");
        }
        if (open == null || open.getStatus() == Connection.Status.CLOSED) {
            open = connect(sinceNanos);
            listen(open);
            connection = open;
        }
        if (open.getStatus() != Connection.Status.CONNECTED) {
            throw new CollectionException(Reason.REFUSED, "no server answers: " + lastError);
        }
        return open;
    }

    /** What failed while the other collector tried, and this one waited for it, is not tried again. */
    private Connection connect(long sinceNanos) throws CollectionException, InterruptedException {
        if (whyNot != null && whyNotNanos - sinceNanos > 0) {
            throw new CollectionException(whyNot.reason(), String.valueOf(whyNot.getMessage()), whyNot);
        }
        try {
            mayListen = true;
            whyNot = null;
            return dial.connect((_, event) -> changed(event), new Errors());
        } catch (CollectionException e) {
            whyNot = e;
            whyNotNanos = System.nanoTime();
            throw e;
        }
    }

    private void listen(Connection made) {
        var dispatcher = made.createDispatcher(message -> advisories.take(message.getSubject(), message.getData()));
        Advisories.SUBJECTS.forEach(dispatcher::subscribe);
        listens();
        wake.connected(made);
    }

    private void listens() {
        if (mayListen) {
            advisories.listens();
        }
    }

    private void changed(Events event) {
        switch (event) {
            case RECONNECTED, RESUBSCRIBED -> {
                listens();
                wake.reconnected();
            }
            case DISCONNECTED, CLOSED -> {
                advisories.isDeaf();
                fail(_ -> true, Reason.PROTOCOL, "the connection broke: " + lastError);
            }
            default -> {}
        }
    }

    /**
     * Keeps the last error for people; nothing of it is logged, since each becomes the outcome of a collection. The
     * servers do not answer what we may not ask; they only tell the connection.
     */
    private final class Errors implements ErrorListener {
        @Override
        public void errorOccurred(Connection of, String error) {
            lastError = error;
            if (error.contains("Permissions Violation for Subscription to \"_INBOX.")) {
                // No answer ever comes in; another connection asks for the right anew.
                fail(_ -> true, Reason.AUTH, error);
                hangUp(of);
            } else if (error.contains("Permissions Violation for Subscription")) {
                mayNotListen(error);
            } else if (error.contains("Permissions Violation")) {
                fail(subject -> error.contains("\"" + subject + "\""), Reason.AUTH, error);
            }
        }

        private void mayNotListen(String error) {
            var subject = error.replaceFirst("(?s)^[^\"]*\"", "").replaceFirst("(?s)\".*$", "");
            if (Advisories.SUBJECTS.contains(subject)) {
                mayListen = false;
                advisories.isDeaf();
            } else {
                wake.refused(subject);
            }
        }

        @Override
        public void exceptionOccurred(Connection of, Exception exception) {
            lastError = String.valueOf(exception.getMessage());
        }
    }

    /** Closing waits for what is in flight, so somebody else does it. */
    private static void hangUp(Connection open) {
        Thread.startVirtualThread(() -> {
            try {
                open.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (connection != null) {
            hangUp(connection);
        }
        dial.close();
    }
}
