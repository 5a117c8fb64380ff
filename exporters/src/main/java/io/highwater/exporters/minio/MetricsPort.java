// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.CollectionException;
import io.highwater.core.ForeignSeries.Series;
import io.highwater.core.Reason;
import io.highwater.exporters.client.http.BoundedBody;
import io.highwater.exporters.client.http.HttpLink;
import io.highwater.exporters.client.page.KeptSeries;
import io.highwater.exporters.client.page.PageFormat;
import io.highwater.exporters.client.page.PageReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One server's metrics, v3 or v2, whichever it has, in our words. */
final class MetricsPort {

    /** Ten thousand buckets with the distributions of their sizes, and some. */
    private static final int MOST_BYTES = 64 << 20;

    private static final int MOST_SERIES = 100_000;

    private final HttpUrl server;
    private final MinioSettings.Metrics wanted;
    private final MetricsToken token;
    private volatile @Nullable MetricsVersion found;

    MetricsPort(HttpUrl server, MinioSettings settings) {
        this.server = server;
        this.wanted = settings.metrics();
        this.token = new MetricsToken(settings);
    }

    /** What the pages say. */
    record Answer(MetricsVersion version, List<Reading> readings) {}

    /** One request after the other, so that a server has one of ours at a time. */
    Answer read(HttpLink.Visit visit, List<MetricsPage> pages) throws CollectionException {
        return switch (wanted) {
            case V3 -> read(visit, pages, MetricsVersion.V3);
            case V2 -> read(visit, pages, MetricsVersion.V2);
            case AUTO -> readAny(visit, pages);
        };
    }

    private Answer readAny(HttpLink.Visit visit, List<MetricsPage> pages) throws CollectionException {
        var version = found;
        found = null; // a server that fails may come back as another version
        var answer = version == null ? tryBoth(visit, pages) : read(visit, pages, version);
        found = answer.version();
        return answer;
    }

    /**
     * A server without v3 forbids its paths, as it forbids everything to a wrong key; v2 tells which it is. One that fails
     * otherwise may have v3 as soon as it fails no longer.
     */
    private Answer tryBoth(HttpLink.Visit visit, List<MetricsPage> pages) throws CollectionException {
        try {
            return read(visit, pages, MetricsVersion.V3);
        } catch (CollectionException e) {
            if (e.reason() != Reason.AUTH && !(e.getCause() instanceof FileNotFoundException)) {
                throw e;
            }
            try {
                return read(visit, pages, MetricsVersion.V2);
            } catch (CollectionException other) {
                e.addSuppressed(other);
                throw e;
            }
        }
    }

    private Answer read(HttpLink.Visit visit, List<MetricsPage> pages, MetricsVersion version)
            throws CollectionException {
        var fetched = new HashMap<String, List<Series>>(); // v2 has on one page what v3 has on several
        var readings = new ArrayList<Reading>();
        for (var page : pages) {
            var path = version.path(page);
            var series = fetched.get(path);
            if (series == null) {
                series = fetch(visit, path, names(pages, path, version));
                fetched.put(path, series);
            }
            readings.addAll(page.read(series, version));
        }
        return new Answer(version, readings);
    }

    private static List<String> names(List<MetricsPage> pages, String path, MetricsVersion version) {
        return pages.stream()
                .filter(page -> version.path(page).equals(path))
                .flatMap(page -> page.names(version))
                .distinct()
                .toList();
    }

    private List<Series> fetch(HttpLink.Visit visit, String path, List<String> names) throws CollectionException {
        var request =
                new Request.Builder().url(server.newBuilder().encodedPath(path).build());
        var bearer = token.now();
        bearer.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return visit.send(request.build(), path, response -> read(response, path, names, bearer.isPresent()));
    }

    private static List<Series> read(Response response, String path, List<String> names, boolean loggedIn)
            throws CollectionException, IOException {
        if (response.code() == 403 && !loggedIn) {
            throw new CollectionException(
                    Reason.AUTH, path + " answered 403: write accessKey and secretKey, or a token");
        }
        if (response.code() == 404) {
            throw new CollectionException(Reason.PROTOCOL, path + " answered 404", new FileNotFoundException(path));
        }
        if (response.code() != 200) {
            throw HttpLink.unexpected(path, response.code());
        }
        try (var body = BoundedBody.of(response.body(), MOST_BYTES)) {
            var kept = new KeptSeries(names, MOST_SERIES, System.currentTimeMillis());
            new PageReader(body.readAllBytes(), PageFormat.of(HttpLink.contentType(response)), kept).read();
            return kept.series();
        }
    }
}
