// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.scaling;

import io.highwater.core.web.Handler;
import io.highwater.core.web.Request;
import io.highwater.core.web.Response;
import io.highwater.scaler.engine.Explanation;
import io.highwater.scaler.engine.PolicyMetric;
import io.highwater.scaler.kube.client.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code /explain/v1/namespaces/NAMESPACE/policies/NAME}: why a policy answers what it answers, as text, or as JSON by
 * {@code Accept} or {@code ?format=json}. {@code /explain} lists them.
 */
public final class ExplainPage implements Handler {

    private static final Pattern PATH = Pattern.compile("/explain/v1/namespaces/([^/]+)/policies/([^/]+)");

    private final Scaling scaling;

    public ExplainPage(Scaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public Response handle(Request request) {
        var path = PATH.matcher(request.path());
        if (!path.matches()) {
            return Response.text(request.path().equals("/explain") ? 200 : 404, list());
        }
        var found = find(path.group(1), path.group(2));
        if (found.isEmpty()) {
            return Response.text(
                    404, "there is no policy " + path.group(2) + " of namespace " + path.group(1) + "\n\n" + list());
        }
        var explained = explain(found.get());
        if (explained.isEmpty()) {
            return Response.text(503, "the policy was not decided yet");
        }
        return wantsJson(request)
                ? Response.json(200, new String(Json.write(explained.get().tree()), StandardCharsets.UTF_8))
                : Response.text(200, explained.get().text().stripTrailing());
    }

    private String list() {
        var paths = scaling.scaler().policies().stream()
                .map(metric -> "/explain/v1/namespaces/"
                        + metric.policy().workload().namespace() + "/policies/" + metric.name())
                .collect(Collectors.joining("\n"));
        return paths.isEmpty() ? "no policy is configured" : paths;
    }

    private Optional<PolicyMetric> find(String namespace, String name) {
        return scaling.scaler().policies().stream()
                .filter(metric -> metric.name().equals(name)
                        && metric.policy().workload().namespace().equals(namespace))
                .findFirst();
    }

    private Optional<Explanation> explain(PolicyMetric metric) {
        return metric.decision().map(decision -> {
            var policy = metric.policy();
            var outlook = scaling.outlook(policy.workload(), policy.name(), decision.replicas());
            return new Explanation(policy, decision, outlook);
        });
    }

    private static boolean wantsJson(Request request) {
        return request.parameter("format").filter("json"::equals).isPresent()
                || request.header("Accept")
                        .filter(accept -> accept.contains("json"))
                        .isPresent();
    }
}
