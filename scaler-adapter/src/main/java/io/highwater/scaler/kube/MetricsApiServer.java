// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.core.log.Log;
import io.highwater.core.web.WebServer;
import io.highwater.scaler.Metrics;
import io.highwater.scaler.kube.auth.AccessReviews;
import io.highwater.scaler.kube.auth.Authentication;
import io.highwater.scaler.kube.auth.ConfigMapWatch;
import io.highwater.scaler.kube.auth.TokenReviews;
import io.highwater.scaler.kube.client.ApiServerClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Optional;

/**
 * A running server of Kubernetes' metrics APIs over TLS, to be put behind the cluster's API server by an APIService.
 * Neither its start nor discovery waits for a backend or for the API server.
 */
public final class MetricsApiServer implements AutoCloseable {

    private final ConfigMapWatch config;
    private final WebServer web;

    private MetricsApiServer(ConfigMapWatch config, WebServer web) {
        this.config = config;
        this.web = web;
    }

    /**
     * Listens, or throws {@link io.highwater.core.web.WebException} for an address or a certificate that cannot be used.
     *
     * @param apiServer of the cluster, which knows users and their rights; stays the caller's to close
     */
    public static MetricsApiServer start(
            MetricsApiOptions options, ApiServerClient apiServer, Metrics metrics, Log log, MeterRegistry registry) {
        Log own = log.from("MetricsApi");
        ServingCertificate certificate = ServingCertificate.open(options.certificate(), options.key(), log);
        ServerMeters meters = new ServerMeters(registry);
        meters.serving(certificate::expiry);
        ConfigMapWatch config = ConfigMapWatch.start(apiServer, log, meters::config);
        try {
            MetricsApi api = new MetricsApi(
                    options,
                    metrics,
                    new Authentication(config, new TokenReviews(apiServer, registry)),
                    new AccessReviews(apiServer, registry),
                    () -> config.isRead() ? "" : config.problem(),
                    registry);
            WebServer web = WebServer.start(options.listen(), Optional.of(certificate), api, own);
            own.info(
                    "Serving metrics to Kubernetes",
                    "groups",
                    ApiGroup.names(options),
                    "apiServer",
                    apiServer.server());
            return new MetricsApiServer(config, web);
        } catch (RuntimeException refused) {
            config.close();
            throw refused;
        }
    }

    /** Where it serves, as seen from this machine, without a path. */
    public URI uri() {
        return web.uri();
    }

    /** Whether it knows whose certificates to believe, without which it answers 401. */
    public boolean isReady() {
        return config.isRead();
    }

    /** Stops at once. */
    @Override
    public void close() {
        web.close();
        config.close();
    }
}
