// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.scaling;

import io.highwater.core.Exporter;
import io.highwater.core.SnapshotStore;
import io.highwater.core.log.Log;
import io.highwater.core.web.WebException;
import io.highwater.scaler.ObjectReference;
import io.highwater.scaler.engine.PolicyMetric;
import io.highwater.scaler.engine.Scaler;
import io.highwater.scaler.keda.KedaServer;
import io.highwater.scaler.kube.MetricsApiServer;
import io.highwater.scaler.kube.client.ApiServerClient;
import io.highwater.scaler.kube.client.ApiServerException;
import io.highwater.scaler.kube.workload.Autoscalers;
import io.highwater.scaler.kube.workload.PolledReplicas;
import io.highwater.scaler.policy.Replicas;
import io.highwater.scaler.signal.Origins;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Signals, policies, and all who read them. Closing ends what {@link #serve} began. */
public final class Scaling implements AutoCloseable {

    private final ScalingOptions options;
    private final Log log;
    private final Scaler scaler;
    private final @Nullable ApiServerClient apiServer;
    private final @Nullable PolledReplicas replicas;
    private @Nullable MetricsApiServer metricsApi;
    private @Nullable KedaServer keda;

    /** Throws {@link WebException} when the API server is asked for and it is not known where that is. */
    public Scaling(ScalingOptions options, Collection<? extends Exporter<?>> exporters, SnapshotStore store, Log log) {
        this.options = options;
        this.log = log;
        this.apiServer = options.apiServer() ? client(options) : null;
        this.replicas = apiServer == null ? null : new PolledReplicas(apiServer, this::workloads, log);
        this.scaler = new Scaler(new Origins(exporters), store, replicas == null ? Replicas.UNKNOWN : replicas, log);
    }

    private static ApiServerClient client(ScalingOptions options) {
        try {
            return options.kubeconfig().isPresent()
                    ? ApiServerClient.of(options.kubeconfig().get(), Optional.empty())
                    : ApiServerClient.inCluster();
        } catch (ApiServerException e) {
            throw new WebException("Kubernetes' API server: " + e.getMessage(), e);
        }
    }

    private List<ObjectReference> workloads() {
        return scaler.policies().stream()
                .map(PolicyMetric::policy)
                .filter(policy -> policy.settings().replicas().isEmpty())
                .map(policy -> policy.workload())
                .distinct()
                .toList();
    }

    public Scaler scaler() {
        return scaler;
    }

    /** What the autoscalers of a workload will do with an answer; empty without an API server. */
    List<String> outlook(ObjectReference workload, String policy, OptionalInt answer) {
        return apiServer == null ? List.of() : new Autoscalers(apiServer).outlook(workload, policy, answer);
    }

    /** Begins to decide and to answer; throws {@link WebException} when it cannot listen as asked. */
    public void serve(MeterRegistry registry) {
        if (replicas != null) {
            replicas.start();
        }
        scaler.start();
        if (options.metricsApi().isPresent() && apiServer != null) {
            metricsApi = MetricsApiServer.start(options.metricsApi().get(), apiServer, scaler, log, registry);
        }
        options.keda().ifPresent(of -> keda = KedaServer.start(of, scaler, registry, log));
    }

    /** Where Kubernetes' metrics APIs are served. */
    public Optional<URI> metricsApi() {
        return Optional.ofNullable(metricsApi).map(MetricsApiServer::uri);
    }

    /** The port at which KEDA is served. */
    public OptionalInt kedaPort() {
        return keda == null ? OptionalInt.empty() : OptionalInt.of(keda.port());
    }

    @Override
    public void close() {
        if (keda != null) {
            keda.close();
        }
        if (metricsApi != null) {
            metricsApi.close();
        }
        scaler.close();
        if (replicas != null) {
            replicas.close();
        }
        if (apiServer != null) {
            apiServer.close();
        }
    }
}
