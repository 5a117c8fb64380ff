// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.scaling.ScalingOptions;
import io.highwater.core.web.ListenAddress;
import io.highwater.core.web.WebException;
import io.highwater.scaler.keda.KedaOptions;
import io.highwater.scaler.kube.MetricsApiOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags by which autoscalers are served. What they read stands in the configuration file. */
final class ScalingFlags {

    @Option(
            names = "--metrics-api.listen-address",
            paramLabel = "ADDRESS",
            description = "Where to serve Kubernetes' metrics APIs over TLS, e.g. :6443. Off when absent.")
    private List<String> metricsApi = List.of();

    @Option(
            names = "--metrics-api.tls-cert-file",
            paramLabel = "FILE",
            description = "The serving certificate, PEM; it names SERVICE.NAMESPACE.svc. Read again when it changes.")
    private Optional<Path> metricsApiCertificate = Optional.empty();

    @Option(names = "--metrics-api.tls-key-file", paramLabel = "FILE", description = "The certificate's key, PEM.")
    private Optional<Path> metricsApiKey = Optional.empty();

    @Option(
            names = "--metrics-api.external-group",
            paramLabel = "GROUP",
            defaultValue = MetricsApiOptions.EXTERNAL_GROUP,
            description = "The API group of external metrics. Repeatable. Default: ${DEFAULT-VALUE}")
    private List<String> externalGroups = List.of();

    @Option(
            names = "--metrics-api.custom-group",
            paramLabel = "GROUP",
            defaultValue = MetricsApiOptions.CUSTOM_GROUP,
            description = "The API group of objects' metrics. Repeatable. Default: ${DEFAULT-VALUE}")
    private List<String> customGroups = List.of();

    @Option(
            names = "--keda.listen-address",
            paramLabel = "ADDRESS",
            description = "Where to serve KEDA's external scaler over gRPC, e.g. :9090. Off when absent.")
    private Optional<String> keda = Optional.empty();

    @Option(
            names = "--keda.tls-cert-file",
            paramLabel = "FILE",
            description = "The certificate that KEDA is shown, PEM; without one there is no TLS.")
    private Optional<Path> kedaCertificate = Optional.empty();

    @Option(names = "--keda.tls-key-file", paramLabel = "FILE", description = "The certificate's key, PEM.")
    private Optional<Path> kedaKey = Optional.empty();

    @Option(
            names = "--keda.tls-client-ca-file",
            paramLabel = "FILE",
            description = "Who signs the certificates that KEDA has to show, PEM; without it none is asked for.")
    private Optional<Path> kedaClientCa = Optional.empty();

    @Option(
            names = "--kubernetes",
            description = "Ask the API server how many replicas run; on with --metrics-api.listen-address.")
    private boolean kubernetes;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "How to find the API server. Default: by the pod's service account")
    private Optional<Path> kubeconfig = Optional.empty();

    /** Throws {@link WebException} for flags that do not go together. */
    ScalingOptions options() {
        return new ScalingOptions(
                metricsApi.isEmpty() ? Optional.empty() : Optional.of(metricsApiOptions()),
                keda.map(this::kedaOptions),
                kubernetes || kubeconfig.isPresent() || !metricsApi.isEmpty(),
                kubeconfig);
    }

    private MetricsApiOptions metricsApiOptions() {
        var needed = "--metrics-api.listen-address needs ";
        try {
            return new MetricsApiOptions(
                    metricsApi,
                    metricsApiCertificate.orElseThrow(() -> new WebException(needed + "--metrics-api.tls-cert-file")),
                    metricsApiKey.orElseThrow(() -> new WebException(needed + "--metrics-api.tls-key-file")),
                    externalGroups,
                    customGroups,
                    BuildInfo.version());
        } catch (IllegalArgumentException e) {
            throw new WebException("--metrics-api.external-group, --metrics-api.custom-group: " + e.getMessage());
        }
    }

    private KedaOptions kedaOptions(String listen) {
        if (kedaCertificate.isPresent() != kedaKey.isPresent()) {
            throw new WebException("--keda.tls-cert-file and --keda.tls-key-file go together");
        }
        if (kedaClientCa.isPresent() && kedaKey.isEmpty()) {
            throw new WebException("--keda.tls-client-ca-file needs --keda.tls-cert-file");
        }
        return KedaOptions.of(
                ListenAddress.parse(listen).resolve(),
                kedaCertificate.map(
                        certificate -> new KedaOptions.Tls(certificate, kedaKey.orElseThrow(), kedaClientCa)));
    }
}
