// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.Json;
import io.highwater.exporters.client.http.BoundedBody;
import io.highwater.exporters.client.http.HttpLink;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** Where one server takes instant queries. */
final class QueryPort {

    /** More than a series takes, of as many as there may be, and some for what the server remarks. */
    private static final long BYTES_OF_SERIES = 4096;

    private static final long BYTES_BESIDE = 1 << 20;

    /** What the network may add to the server's own time. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final HttpUrl url;
    private final PrometheusSettings settings;

    QueryPort(HttpUrl url, PrometheusSettings settings) {
        this.url = url;
        this.settings = settings;
    }

    QueryReply ask(HttpLink.Visit visit, String name) throws CollectionException {
        var form = new FormBody.Builder()
                .add("query", Objects.requireNonNull(settings.queries().get(name)))
                .add("timeout", settings.queryTimeout().toMillis() + "ms")
                .add("lookback_delta", settings.lookback().toMillis() + "ms")
                .build();
        var request = settings.access().request(url).post(form).build();
        return visit.send(
                request, settings.queryTimeout().plus(GRACE), url.encodedPath(), response -> read(response, name));
    }

    /** The API says what is wrong with a query in JSON, under 400, 422 and 503; others in front of it say it by the status. */
    private QueryReply read(Response response, String name) throws CollectionException, IOException {
        var path = url.encodedPath();
        int status = response.code();
        boolean json = HttpLink.contentType(response).startsWith("application/json");
        if (status == 401 || status == 403 || (status != 200 && !json)) {
            throw HttpLink.unexpected(path, status);
        }
        long mostBytes = BYTES_BESIDE + BYTES_OF_SERIES * settings.maxSeries();
        return Json.read(
                BoundedBody.of(response.body(), mostBytes),
                path,
                body -> QueryReply.read(body, name, settings.maxSeries()));
    }
}
