// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.core.web.Request;
import io.highwater.core.web.Response;
import io.highwater.scaler.kube.wire.Accepted;
import io.highwater.scaler.kube.wire.Refusal;
import io.highwater.scaler.kube.wire.ValueList.Form;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is served, as clients of Kubernetes find it out. Made once: an aggregated API that does not answer here stops
 * more than autoscalers, such as the deletion of namespaces.
 */
final class Discovery {

    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final Map<String, Document> documents = new HashMap<>();
    private final Document aggregated;

    Discovery(List<ApiGroup> groups) {
        documents.put(
                "/apis",
                Document.of(typed(
                        "APIGroupList",
                        "v1",
                        "groups",
                        groups.stream().map(Discovery::group).toList())));
        for (ApiGroup group : groups) {
            Map<String, Object> alone = new LinkedHashMap<>(Map.of("kind", "APIGroup", "apiVersion", "v1"));
            alone.putAll(group(group));
            documents.put("/apis/" + group.name(), Document.of(alone));
            group.forms()
                    .forEach((version, form) -> documents.put(
                            "/apis/" + group.name() + "/" + version, Document.of(resources(group, version, form))));
        }
        aggregated = Document.of(
                AGGREGATED,
                typed(
                        "APIGroupDiscoveryList",
                        "apidiscovery.k8s.io/v2",
                        "items",
                        groups.stream().map(Discovery::aggregated).toList()));
    }

    /** None when the path is not one of discovery's. */
    Optional<Response> answer(String path, Request request) throws Refusal {
        Document document = documents.get(path);
        if (document == null) {
            return Optional.empty();
        }
        Accepted accepted = Accepted.by(request);
        if (path.equals("/apis") && accepted.wantsAggregatedDiscovery()) {
            return Optional.of(aggregated.answer(request));
        }
        accepted.requireJson();
        return Optional.of(document.answer(request));
    }

    private static Map<String, Object> group(ApiGroup group) {
        List<Map<String, String>> versions = group.forms().keySet().stream()
                .map(version -> Map.of("groupVersion", group.name() + "/" + version, "version", version))
                .toList();
        return Map.of("name", group.name(), "versions", versions, "preferredVersion", versions.getFirst());
    }

    private static Map<String, Object> resources(ApiGroup group, String version, Form form) {
        Map<String, Object> list = typed(
                "APIResourceList",
                "v1",
                "resources",
                List.of(Map.of(
                        "name",
                        ApiGroup.placeholder(form),
                        "singularName",
                        "",
                        "namespaced",
                        true,
                        "kind",
                        form.kind(),
                        "verbs",
                        List.of("get"))));
        list.put("groupVersion", group.name() + "/" + version);
        return list;
    }

    private static Map<String, Object> aggregated(ApiGroup group) {
        return Map.of(
                "metadata",
                Map.of("name", group.name()),
                "versions",
                group.forms().entrySet().stream()
                        .map(form -> Map.of(
                                "version",
                                form.getKey(),
                                "freshness",
                                "Current",
                                "resources",
                                List.of(aggregatedResource(group, form.getKey(), form.getValue()))))
                        .toList());
    }

    private static Map<String, Object> aggregatedResource(ApiGroup group, String version, Form form) {
        return Map.of(
                "resource",
                ApiGroup.placeholder(form),
                "responseKind",
                Map.of("group", group.name(), "version", version, "kind", form.kind()),
                "scope",
                "Namespaced",
                "singularResource",
                "",
                "verbs",
                List.of("get"));
    }

    private static Map<String, Object> typed(String kind, String apiVersion, String field, Object value) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", kind);
        object.put("apiVersion", apiVersion);
        object.put(field, value);
        return object;
    }
}
