// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.client.http.HttpAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** What the configuration says of other programs' metrics pages, under {@code clusters.<name>.metrics}. */
public record MetricsSettings(
        @Doc("the pages: a stable name and http://host:9000/metrics each")
        Map<String, String> endpoints,

        @Doc("the names of metrics that are kept for signals; * stands for any text")
        List<String> keep,

        @Doc("the user to log in as, by basic authentication")
        Optional<String> user,

        @Doc("the user's password") Optional<Secret> password,

        @Doc("a bearer token, in place of user and password")
        Optional<Secret> token,

        @Doc("headers sent with every request; no secrets") @Default("{}")
        Map<String, String> headers,

        @Doc("TLS for https; tls: {} takes what the JDK trusts")
        Optional<ClientTls> tls,

        @Doc("how large a page may be, uncompressed") @Default("16777216")
        int maxBytes,

        @Doc("how many series may be kept of one page; of a page with more none are") @Default("10000")
        int maxSeries) {

    public MetricsSettings {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("endpoints: write at least one");
        }
        endpoints.values().forEach(MetricsSettings::url);
        if (keep.isEmpty()) {
            throw new IllegalArgumentException("keep: write the names that signals use");
        }
        var _ = new HttpAccess(user, password, token, headers);
        if (maxBytes < 1024 || maxBytes > 256 << 20) {
            throw new IllegalArgumentException("maxBytes: write 1024 to " + (256 << 20));
        }
        if (maxSeries < 1 || maxSeries > 100_000) {
            throw new IllegalArgumentException("maxSeries: write 1 to 100000");
        }
    }

    private static HttpUrl url(String endpoint) {
        return HttpAccess.url(endpoint, "endpoints", "http://host:9000/metrics");
    }

    HttpAccess access() {
        return new HttpAccess(user, password, token, headers);
    }

    HttpUrl endpoint(String node) {
        return url(endpoints.getOrDefault(node, ""));
    }
}
