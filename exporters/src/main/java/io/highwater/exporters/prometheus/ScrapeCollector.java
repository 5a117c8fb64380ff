// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import io.highwater.core.CollectionException;
import io.highwater.core.Collector;
import io.highwater.core.ForeignSeries;
import io.highwater.core.Samples;
import io.highwater.exporters.client.http.BoundedBody;
import io.highwater.exporters.client.http.HttpLink;
import io.highwater.exporters.client.page.KeptSeries;
import io.highwater.exporters.client.page.PageFormat;
import io.highwater.exporters.client.page.PageReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Fetches one page and keeps of it what signals are made of. */
final class ScrapeCollector implements Collector {

    /** OpenMetrics tells by its end whether the page is whole. */
    private static final String ACCEPT =
            "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private final HttpLink link;
    private final HttpUrl url;
    private final MetricsSettings settings;
    private final Duration timeout;
    private volatile HttpLink.@Nullable Visit inFlight;

    ScrapeCollector(HttpLink link, HttpUrl url, MetricsSettings settings, Duration timeout) {
        this.link = link;
        this.url = url;
        this.settings = settings;
        this.timeout = timeout;
    }

    private record Page(KeptSeries kept, int bytes) {}

    @Override
    public void collect(Samples out) throws CollectionException {
        long started = System.nanoTime();
        var visit = link.visit(timeout);
        inFlight = visit;
        var request =
                settings.access().request(url).header("Accept", ACCEPT).get().build();
        var page = visit.send(request, url.encodedPath(), this::read);

        page.kept.notes().forEach(out::note);
        out.add(MetricsFamilies.SERIES, page.kept.series().size());
        out.add(MetricsFamilies.SAMPLES, page.kept.samples());
        out.add(MetricsFamilies.BODY, page.bytes);
        out.add(MetricsFamilies.DURATION, (System.nanoTime() - started) / 1e9);
        out.fact(new ForeignSeries(page.kept.series(), Set.of()));
    }

    private Page read(Response response) throws CollectionException, IOException {
        if (response.code() != 200) {
            throw HttpLink.unexpected(url.encodedPath(), response.code());
        }
        var format = PageFormat.of(HttpLink.contentType(response));
        try (var body = BoundedBody.of(response.body(), settings.maxBytes())) {
            var bytes = body.readAllBytes();
            var kept = new KeptSeries(settings.keep(), settings.maxSeries(), System.currentTimeMillis());
            new PageReader(bytes, format, kept).read();
            return new Page(kept, bytes.length);
        }
    }

    @Override
    public void abort() {
        var visit = inFlight;
        if (visit != null) {
            visit.abort();
        }
    }
}
