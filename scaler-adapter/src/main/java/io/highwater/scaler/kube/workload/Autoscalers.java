// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.workload;

import io.highwater.scaler.ObjectReference;
import io.highwater.scaler.hpa.Assessment;
import io.highwater.scaler.hpa.ControllerFlags;
import io.highwater.scaler.hpa.HpaController;
import io.highwater.scaler.hpa.HpaSpec;
import io.highwater.scaler.hpa.MetricResult;
import io.highwater.scaler.hpa.MetricSpec;
import io.highwater.scaler.kube.client.ApiServerClient;
import io.highwater.scaler.kube.client.ApiServerException;
import io.highwater.scaler.kube.client.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the HorizontalPodAutoscalers of a workload will do with a policy's answer. Asks the API server. */
public final class Autoscalers {

    private final ApiServerClient apiServer;

    public Autoscalers(ApiServerClient apiServer) {
        this.apiServer = apiServer;
    }

    /**
     * A sentence or two of each.
     *
     * @param policy the name of the metric
     * @param replicas its answer; empty for an error
     */
    public List<String> outlook(ObjectReference workload, String policy, OptionalInt replicas) {
        try {
            var path = "/apis/autoscaling/v2/namespaces/" + workload.namespace() + "/horizontalpodautoscalers";
            var found = apiServer.get(path).at("items").elements().stream()
                    .filter(hpa -> isOf(hpa, workload))
                    .flatMap(hpa -> outlook(hpa, policy, replicas).stream())
                    .toList();
            return found.isEmpty() ? List.of("no HorizontalPodAutoscaler scales this workload") : found;
        } catch (ApiServerException e) {
            return List.of("the HorizontalPodAutoscalers are not known: " + e.getMessage());
        }
    }

    private static boolean isOf(Json hpa, ObjectReference workload) {
        var target = hpa.at("spec", "scaleTargetRef");
        var kind = target.at("kind").text().orElse("").toLowerCase(Locale.ROOT);
        return workload.resource().startsWith(kind)
                && target.at("name").text().filter(workload.name()::equals).isPresent();
    }

    private static List<String> outlook(Json hpa, String policy, OptionalInt replicas) {
        var name = "HPA " + hpa.at("metadata", "name").text().orElse("?") + ": ";
        var said = new ArrayList<String>();
        var metrics = hpa.at("spec", "metrics").elements();
        var ours = metrics.stream().filter(metric -> isOurs(metric, policy)).findFirst();
        if (ours.isEmpty()) {
            said.add(name + "it does not read " + policy);
            return said;
        }
        said.add(name + sentence(hpa, ours.get(), policy, replicas));
        if (metrics.size() > 1) {
            said.add(name + "it has " + (metrics.size() - 1)
                    + " more metrics, and the one that wants most wins: limits of the policy do not bind them");
        }
        Stream.of("AbleToScale", "ScalingActive", "ScalingLimited")
                .flatMap(type -> hpa.at("status", "conditions").elements().stream()
                        .filter(condition ->
                                condition.at("type").text().filter(type::equals).isPresent()))
                .map(condition -> name + condition.at("type").text().orElse("") + " is "
                        + condition.at("status").text().orElse("?") + ": "
                        + condition.at("message").text().orElse(""))
                .forEach(said::add);
        return said;
    }

    /** KEDA's own HPAs put the number of the trigger before the name. */
    private static boolean isOurs(Json metric, String policy) {
        return Stream.of("external", "object")
                .flatMap(type -> metric.at(type, "metric", "name").text().stream())
                .anyMatch(name -> name.equals(policy) || name.matches("s\\d+-" + Pattern.quote(policy)));
    }

    private static String sentence(Json hpa, Json metric, String policy, OptionalInt replicas) {
        int min = (int) hpa.at("spec", "minReplicas").whole().orElse(1);
        int max = (int) hpa.at("spec", "maxReplicas").whole().orElse(1);
        int current = (int) hpa.at("status", "currentReplicas").whole().orElse(0);
        var target = metric.at("external", "target", "averageValue")
                .text()
                .or(() -> metric.at("object", "target", "averageValue").text());
        if (target.filter("1"::equals).isEmpty()) {
            return "its target is not averageValue: \"1\", so it does not take the number for replicas";
        }
        var spec = HpaSpec.of(
                Math.max(1, min),
                Math.max(1, max),
                new MetricSpec.PerReplica(MetricSpec.Source.EXTERNAL, policy, 1000));
        MetricResult read = replicas.isPresent()
                ? MetricResult.of(replicas.getAsInt())
                : new MetricResult.Failed("an error, so it leaves the replicas as they are");
        var result =
                new HpaController(spec, ControllerFlags.DEFAULT).sync(Instant.now(), current, current, List.of(read));
        var words = result.assessments().stream()
                .map(Assessment::sentence)
                .findFirst()
                .orElse("");
        return words + "; between " + min + " and " + max + ", with " + current
                + " now; it scales down after 5 minutes of less, or as its behavior says";
    }
}
