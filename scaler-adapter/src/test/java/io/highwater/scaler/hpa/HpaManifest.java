// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import io.highwater.scaler.hpa.MetricSpec.PerReplica;
import io.highwater.scaler.hpa.MetricSpec.Source;
import io.highwater.scaler.hpa.MetricSpec.Total;
import io.highwater.scaler.hpa.MetricSpec.Utilization;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** An autoscaler's specification as Kubernetes reads it. */
final class HpaManifest {

    private HpaManifest() {}

    /** For the Deployment {@code worker}; objects are the Service {@code shop}. */
    static String of(String namespace, HpaSpec spec) {
        var behavior = spec.behavior()
                .map(it -> ", \"behavior\": {\"scaleUp\": " + rules(it.up()) + ", \"scaleDown\": " + rules(it.down())
                        + "}")
                .orElse("");
        return """
                ---
                {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
                 "metadata": {"name": "worker", "namespace": "%s"},
                 "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "worker"},
                   "minReplicas": %d, "maxReplicas": %d, "metrics": %s%s}}
                """.formatted(
                        namespace,
                        spec.minReplicas(),
                        spec.maxReplicas(),
                        spec.metrics().stream().map(HpaManifest::metric).toList(),
                        behavior);
    }

    private static String metric(MetricSpec metric) {
        return switch (metric) {
            case PerReplica it ->
                metric(
                        it.source(),
                        it.name(),
                        "\"type\": \"AverageValue\", \"averageValue\": \"" + it.targetMilli() + "m\"");
            case Total it ->
                metric(it.source(), it.name(), "\"type\": \"Value\", \"value\": \"" + it.targetMilli() + "m\"");
            case Utilization it ->
                "{\"type\": \"Resource\", \"resource\": {\"name\": \"%s\", \"target\": {\"type\": \"Utilization\", \"averageUtilization\": %d}}}"
                        .formatted(it.name(), it.targetPercent());
        };
    }

    private static String metric(Source source, String name, String target) {
        var body = "\"metric\": {\"name\": \"" + name + "\"}, \"target\": {" + target + "}";
        return switch (source) {
            case EXTERNAL -> "{\"type\": \"External\", \"external\": {" + body + "}}";
            case OBJECT ->
                "{\"type\": \"Object\", \"object\": {\"describedObject\": {\"apiVersion\": \"v1\", \"kind\": \"Service\","
                        + " \"name\": \"shop\"}, " + body + "}}";
        };
    }

    private static String rules(ScalingRules rules) {
        var json = new StringJoiner(", ", "{", "}");
        rules.stabilization().ifPresent(it -> json.add("\"stabilizationWindowSeconds\": " + it.toSeconds()));
        rules.tolerance().ifPresent(it -> json.add("\"tolerance\": \"" + it + "\""));
        json.add("\"selectPolicy\": \"" + word(rules.select()) + "\"");
        return json.add("\"policies\": " + policies(rules.policies())).toString();
    }

    private static List<String> policies(List<ScalingPolicy> policies) {
        return policies.stream()
                .map(it -> "{\"type\": \"%s\", \"value\": %d, \"periodSeconds\": %d}"
                        .formatted(word(it.type()), it.value(), it.period().toSeconds()))
                .toList();
    }

    private static String word(Enum<?> constant) {
        var name = constant.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
