// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.client.http.HttpAccess;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** What the configuration says of servers that answer PromQL, under {@code clusters.<name>.prometheus}. */
public record PrometheusSettings(
        @Doc(
                "the servers that can answer each query alone: a stable name and http://host:9090, with a path in front of /api/v1 if there is one")
        Map<String, String> servers,

        @Doc("instant queries in PromQL, by the name that signals have for what they give")
        Map<String, String> queries,

        @Doc("the user to log in as, by basic authentication")
        Optional<String> user,

        @Doc("the user's password") Optional<Secret> password,

        @Doc("a bearer token, in place of user and password")
        Optional<Secret> token,

        @Doc("headers sent with every query, such as X-Scope-OrgID; no secrets") @Default("{}")
        Map<String, String> headers,

        @Doc("TLS for https; tls: {} takes what the JDK trusts")
        Optional<ClientTls> tls,

        @Doc(
                "how old a sample may be that a query still sees, sent as lookback_delta; servers of 2022 and before know but their own, 5m")
        @Default("2m")
        Duration lookback,

        @Doc("how long a server may work on one query") @Default("2s")
        Duration queryTimeout,

        @Doc("how many series one query may give; one that gives more has failed") @Default("1000")
        int maxSeries) {

    public PrometheusSettings {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("servers: write at least one");
        }
        servers.values().forEach(PrometheusSettings::url);
        if (queries.isEmpty()) {
            throw new IllegalArgumentException("queries: write at least one");
        }
        queries.forEach((name, query) -> {
            if (name.isBlank() || query.isBlank()) {
                throw new IllegalArgumentException("queries: each has a name and a query");
            }
        });
        var _ = new HttpAccess(user, password, token, headers);
        checkDuration("lookback", lookback);
        checkDuration("queryTimeout", queryTimeout);
        if (maxSeries < 1 || maxSeries > 100_000) {
            throw new IllegalArgumentException("maxSeries: write 1 to 100000");
        }
    }

    private static void checkDuration(String key, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException(key + ": write 1ms or more");
        }
    }

    private static HttpUrl url(String server) {
        var url = HttpAccess.url(server, "servers", "http://host:9090");
        if (url.query() != null) {
            throw new IllegalArgumentException("servers: write http://host:9090, without a query");
        }
        return url;
    }

    HttpAccess access() {
        return new HttpAccess(user, password, token, headers);
    }

    /** Where a server takes queries. */
    HttpUrl queryUrl(String node) {
        return url(servers.getOrDefault(node, ""))
                .newBuilder()
                .addPathSegments("api/v1/query")
                .build();
    }
}
