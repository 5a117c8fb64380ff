// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.client.Json;
import io.highwater.exporters.client.Json.DocumentReader;
import io.highwater.exporters.client.http.HttpLink;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** One server's monitoring port: HTTP and JSON, nothing of which needs a login. Two connections, one for each collector. */
final class MonitoringPort implements AutoCloseable {

    private final HttpUrl url;
    private final HttpLink link;

    MonitoringPort(String url, Optional<ClientTls> tls) {
        this.url = HttpUrl.get(url);
        this.link = new HttpLink(tls);
    }

    /** The requests of one collection, which has one deadline for all. */
    Visit visit(Duration timeout) {
        return new Visit(link.visit(timeout));
    }

    /** One collection's requests, one after the other. */
    final class Visit {
        private final HttpLink.Visit visit;

        private Visit(HttpLink.Visit visit) {
            this.visit = visit;
        }

        /** Asks for JSON at a path, with its query. */
        <T> T get(String path, DocumentReader<T> reader) throws CollectionException {
            return find(path, reader)
                    .orElseThrow(() -> new CollectionException(Reason.PROTOCOL, path + " answered 404"));
        }

        /** The same for what older servers do not have. */
        <T> Optional<T> find(String path, DocumentReader<T> reader) throws CollectionException {
            return send(path, response -> switch (response.code()) {
                case 200 -> Optional.of(Json.read(response.body().byteStream(), path, reader));
                case 404 -> Optional.empty();
                default -> throw HttpLink.unexpected(path, response.code());
            });
        }

        /** Whether the server says at this path that it is well: 200, where 503 is the other answer. */
        boolean isWell(String path) throws CollectionException {
            return send(path, response -> switch (response.code()) {
                case 200 -> true;
                case 503 -> false;
                default -> throw HttpLink.unexpected(path, response.code());
            });
        }

        private <T> T send(String path, HttpLink.Reading<T> reading) throws CollectionException {
            var target = Objects.requireNonNull(url.resolve(path), path);
            return visit.send(new Request.Builder().url(target).build(), path, reading);
        }

        void abort() {
            visit.abort();
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
