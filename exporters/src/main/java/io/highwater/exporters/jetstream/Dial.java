// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.Secret;
import io.highwater.exporters.client.NetworkErrors;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Opens connections to a NATS cluster with one login, each with the secrets and certificates as they are then. */
final class Dial implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

    /** The client tells why it failed on another thread. */
    private static final Duration WHY_LIMIT = Duration.ofMillis(200);

    private final JetStreamSettings settings;
    private final JetStreamSettings.Login login;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** One thread, so that what happened is told in its order. */
    private final ExecutorService teller =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

    Dial(JetStreamSettings settings, JetStreamSettings.Login login) {
        this.settings = settings;
        this.login = login;
    }

    Connection connect(ConnectionListener events, ErrorListener errors)
            throws CollectionException, InterruptedException {
        var why = new Why(errors);
        try {
            return Nats.connect(options(events, why));
        } catch (AuthenticationException e) {
            throw new CollectionException(Reason.AUTH, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw why.failure(e);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new CollectionException(Reason.AUTH, String.valueOf(e.getMessage()), e);
        }
    }

    private Options options(ConnectionListener events, ErrorListener errors) throws CollectionException {
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
                .callbackExecutor(teller)
                .errorListener(errors)
                .connectionListener(events);
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
            options.authHandler(
                    Nats.staticCredentials(null, login.nkey().get().reveal().toCharArray()));
        }
    }

    /** Keeps the first thing that went wrong, which is not in the exception that the client throws in the end. */
    private final class Why implements ErrorListener {
        private final ErrorListener next;
        private final CompletableFuture<Exception> first = new CompletableFuture<>();

        Why(ErrorListener next) {
            this.next = next;
        }

        @Override
        public void errorOccurred(Connection of, String error) {
            next.errorOccurred(of, error);
        }

        @Override
        public void exceptionOccurred(Connection of, Exception exception) {
            first.complete(exception);
            next.exceptionOccurred(of, exception);
        }

        CollectionException failure(IOException said) throws InterruptedException {
            var why = why(said);
            if (why instanceof RuntimeException) {
                // Without its words, which may quote the secret.
                return new CollectionException(Reason.AUTH, "the nkey, or the credentials file, cannot be used", said);
            }
            var text = why instanceof TimeoutException ? "no answer within 1 s" : String.valueOf(why.getMessage());
            return new CollectionException(
                    NetworkErrors.reason(why), "cannot connect to " + settings.servers() + ": " + text, said);
        }

        private Throwable why(IOException said) throws InterruptedException {
            try {
                Throwable cause = first.get(WHY_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                while (cause.getCause() != null && !(cause instanceof SSLException)) {
                    cause = cause.getCause();
                }
                return cause;
            } catch (ExecutionException | TimeoutException e) {
                return said;
            }
        }
    }

    @Override
    public void close() {
        teller.shutdown();
    }
}
