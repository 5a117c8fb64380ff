// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import java.util.List;

/** What the agent says of those who read its numbers, through Kubernetes and by KEDA; in words that are theirs. */
final class AutoscalerFamilies {

    private static final List<String> READ = List.of("group", "namespace", "result");
    private static final List<String> REVIEW = List.of("review", "result");
    private static final List<String> METHOD = List.of("method");

    private static final String AGE = "Age of the oldest sample in an answer with values.";
    private static final String REVIEWED =
            "How long the API server took to answer who a caller is (token) or what it may (access).";

    static final List<OwnFamily> ALL = List.of(
            new OwnFamily(
                    "highwater_kubernetes_reads_total",
                    "counter",
                    READ,
                    "Reads of metrics through Kubernetes by how they ended: fresh and stale with values."),
            new OwnFamily("highwater_kubernetes_served_age_seconds", "summary", List.of(), AGE),
            new OwnFamily("highwater_kubernetes_served_age_seconds_max", "gauge", List.of(), AGE),
            new OwnFamily("highwater_kubernetes_review_duration_seconds", "summary", REVIEW, REVIEWED),
            new OwnFamily("highwater_kubernetes_review_duration_seconds_max", "gauge", REVIEW, REVIEWED),
            new OwnFamily(
                    "highwater_kubernetes_review_cache_hits_total",
                    "counter",
                    List.of("review"),
                    "Questions about callers that an answer of the last seconds answered, or one under way."),
            new OwnFamily(
                    "highwater_kubernetes_authentication_config_current",
                    "gauge",
                    List.of(),
                    "Whether the ConfigMap that says whose certificates are believed is known as of now."),
            new OwnFamily(
                    "highwater_kubernetes_authentication_config_read_timestamp_seconds",
                    "gauge",
                    List.of(),
                    "When the API server last confirmed that ConfigMap."),
            new OwnFamily(
                    "highwater_kubernetes_certificate_expiry_timestamp_seconds",
                    "gauge",
                    List.of("certificate"),
                    "When the first certificate of a chain, or of a set of authorities, expires."),
            new OwnFamily(
                    "highwater_keda_calls_total",
                    "counter",
                    List.of("method", "code"),
                    "Calls of KEDA that ended, by their gRPC status."),
            new OwnFamily("highwater_keda_streams", "gauge", METHOD, "Streams that KEDA keeps open."),
            new OwnFamily(
                    "highwater_keda_pushes_total",
                    "counter",
                    METHOD,
                    "Messages sent over streams that KEDA keeps open."),
            new OwnFamily(
                    "highwater_keda_certificate_expiry_timestamp_seconds",
                    "gauge",
                    List.of(),
                    "When the certificate that is shown to KEDA expires."),
            new OwnFamily(
                    "highwater_keda_certificate_last_reload_successful",
                    "gauge",
                    List.of(),
                    "Whether the certificate's files were good when they were last read."));

    private AutoscalerFamilies() {}
}
