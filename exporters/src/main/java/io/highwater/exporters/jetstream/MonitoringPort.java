// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.jetstream.Json.DocumentReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One server's monitoring port: HTTP and JSON, nothing of which needs a login. */
final class MonitoringPort implements AutoCloseable {

    /** Two connections: one for each collector. */
    private static final int CONNECTIONS = 2;

    private final HttpUrl url;
    private final Optional<ClientTls> tls;
    private @Nullable OkHttpClient client;
    private final ConnectionPool pool = new ConnectionPool(CONNECTIONS, 5, TimeUnit.MINUTES);

    MonitoringPort(String url, Optional<ClientTls> tls) {
        this.url = HttpUrl.get(url);
        this.tls = tls;
    }

    /** The requests of one collection, which has one deadline for all. */
    Visit visit(Duration timeout) {
        return new Visit(System.nanoTime() + timeout.toNanos() * 9 / 10);
    }

    /** One collection's requests, one after the other. */
    final class Visit {
        private final long deadlineNanos;
        private volatile boolean cut;
        private volatile Optional<Call> inFlight = Optional.empty();

        private Visit(long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
        }

        /** Asks for JSON at a path, with its query. */
        <T> T get(String path, DocumentReader<T> reader) throws CollectionException {
            return find(path, reader)
                    .orElseThrow(() -> new CollectionException(Reason.PROTOCOL, path + " answered 404"));
        }

        /** The same for what older servers do not have. */
        <T> Optional<T> find(String path, DocumentReader<T> reader) throws CollectionException {
            try (var response = send(path)) {
                if (response.code() == 404) {
                    return Optional.empty();
                }
                if (response.code() != 200) {
                    throw unexpected(path, response.code());
                }
                return Optional.of(Json.read(response.body().byteStream(), path, reader));
            } catch (IOException e) {
                throw failure(path, e);
            }
        }

        /** Whether the server says at this path that it is well: 200, where 503 is the other answer. */
        boolean isWell(String path) throws CollectionException {
            try (var response = send(path)) {
                if (response.code() != 200 && response.code() != 503) {
                    throw unexpected(path, response.code());
                }
                return response.code() == 200;
            } catch (IOException e) {
                throw failure(path, e);
            }
        }

        private Response send(String path) throws IOException, CollectionException {
            var target = url.resolve(path);
            long left = deadlineNanos - System.nanoTime();
            if (cut || target == null || left <= 0) {
                throw new CollectionException(Reason.TIMEOUT, "no time left for " + path);
            }
            var call = client(left).newCall(new Request.Builder().url(target).build());
            inFlight = Optional.of(call);
            return call.execute();
        }

        void abort() {
            cut = true;
            inFlight.ifPresent(Call::cancel);
        }
    }

    private OkHttpClient client(long nanosLeft) throws CollectionException {
        return client().newBuilder()
                .callTimeout(nanosLeft, TimeUnit.NANOSECONDS)
                .connectTimeout(nanosLeft, TimeUnit.NANOSECONDS)
                .readTimeout(nanosLeft, TimeUnit.NANOSECONDS)
                .build();
    }

    /** Made when it is first needed, and anew after a failure of TLS, when the files may be others. */
    private synchronized OkHttpClient client() throws CollectionException {
        var made = client;
        if (made == null) {
            var builder = new OkHttpClient.Builder()
                    .connectionPool(pool)
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

    /** A NATS server asks for no login here, but what stands in front of it may. */
    private static CollectionException unexpected(String path, int status) {
        var reason = status == 401 || status == 403 ? Reason.AUTH : Reason.PROTOCOL;
        return new CollectionException(reason, path + " answered " + status);
    }

    private CollectionException failure(String path, IOException e) {
        if (e instanceof SSLException) {
            forgetClient();
        }
        // A call that was cut says no more than that.
        var reason = "Canceled".equals(e.getMessage()) ? Reason.TIMEOUT : NetworkErrors.reason(e);
        return new CollectionException(reason, path + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        pool.evictAll();
    }
}
