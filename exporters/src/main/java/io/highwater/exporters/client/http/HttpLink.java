// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.http;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.client.NetworkErrors;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP server, asked over connections that are kept. Redirects are not followed: who is asked, and who is shown a
 * password, is as configured. There are as many connections as requests at once, which is the caller's to bound.
 */
public final class HttpLink implements AutoCloseable {

    /** Of those that wait for the next request. */
    private static final int KEPT = 2;

    /** The client refuses to be given less. */
    private static final long SHORTEST_NANOS = Duration.ofMillis(1).toNanos();

    private final Optional<ClientTls> tls;
    private final ConnectionPool pool = new ConnectionPool(KEPT, 5, TimeUnit.MINUTES);
    private @Nullable OkHttpClient client;

    public HttpLink(Optional<ClientTls> tls) {
        this.tls = tls;
    }

    /** Makes something of an answer, whatever its status. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(Response response) throws CollectionException, IOException;
    }

    /** The requests of one collection, which have a common deadline a little before its own. */
    public Visit visit(Duration timeout) {
        return new Visit(System.nanoTime() + timeout.toNanos() * 9 / 10);
    }

    /** One collection's requests; several may be under way at once. */
    public final class Visit {

        private final long deadlineNanos;
        private final Set<Call> inFlight = ConcurrentHashMap.newKeySet();
        private volatile boolean cut;

        private Visit(long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
        }

        /**
         * Sends a request and reads the answer, all within the deadline.
         *
         * @param what is asked for, for messages: a path and no secret
         */
        public <T> T send(Request request, String what, Reading<T> reading) throws CollectionException {
            return send(request, Duration.ofNanos(Long.MAX_VALUE), what, reading);
        }

        /** The same within a limit of its own, too. */
        public <T> T send(Request request, Duration limit, String what, Reading<T> reading) throws CollectionException {
            long left = Math.min(deadlineNanos - System.nanoTime(), limit.toNanos());
            if (left < SHORTEST_NANOS) {
                throw new CollectionException(Reason.TIMEOUT, "no time left for " + what);
            }
            var call = client(left).newCall(request);
            inFlight.add(call);
            if (cut) {
                call.cancel();
            }
            try (var response = call.execute()) {
                return reading.of(response);
            } catch (IOException e) {
                throw failure(what, e);
            } finally {
                inFlight.remove(call);
            }
        }

        /** Cuts what is under way and refuses what would follow, from any thread. */
        public void abort() {
            cut = true;
            inFlight.forEach(Call::cancel);
        }
    }

    private OkHttpClient client(long nanosLeft) throws CollectionException {
        return client().newBuilder()
                .callTimeout(nanosLeft, TimeUnit.NANOSECONDS)
                .connectTimeout(nanosLeft, TimeUnit.NANOSECONDS)
                .readTimeout(nanosLeft, TimeUnit.NANOSECONDS)
                .writeTimeout(nanosLeft, TimeUnit.NANOSECONDS)
                .build();
    }

    /** Made when it is first needed, and anew after a failure of TLS, when the files may be others. */
    private synchronized OkHttpClient client() throws CollectionException {
        var made = client;
        if (made == null) {
            var builder = new OkHttpClient.Builder()
                    .connectionPool(pool)
                    .socketFactory(new PromptSockets())
                    .protocols(List.of(Protocol.HTTP_1_1))
                    .followRedirects(false)
                    .followSslRedirects(false);
            if (tls.isPresent()) {
                builder.sslSocketFactory(
                                tls.get().context().getSocketFactory(),
                                tls.get().trust())
                        .hostnameVerifier((_, _) -> true); // the context has checked the host
            }
            made = builder.build();
            client = made;
        }
        return made;
    }

    private synchronized void forgetClient() {
        client = null;
    }

    private CollectionException failure(String what, IOException e) {
        if (e instanceof SSLException) {
            forgetClient();
        }
        // A call that was cut says no more than that.
        var reason = "Canceled".equals(e.getMessage()) ? Reason.TIMEOUT : NetworkErrors.reason(e);
        return new CollectionException(reason, what + ": " + NetworkErrors.message(e), e);
    }

    /** What is said of an answer that its status alone makes useless. */
    public static CollectionException unexpected(String what, int status) {
        var reason = status == 401 || status == 403 ? Reason.AUTH : Reason.PROTOCOL;
        return new CollectionException(reason, what + " answered " + status);
    }

    /** In lower case; empty when the answer does not say. */
    public static String contentType(Response response) {
        return Objects.requireNonNullElse(response.header("Content-Type"), "").toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        pool.evictAll();
    }
}
