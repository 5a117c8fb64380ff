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

/** What is served, in OpenAPI: small, since these APIs have no objects that anybody writes. */
final class OpenApi {

    private final Map<String, Document> documents = new HashMap<>();

    OpenApi(List<ApiGroup> groups, String programVersion) {
        Map<String, Object> paths = new LinkedHashMap<>();
        Map<String, Object> index = new LinkedHashMap<>();
        for (ApiGroup group : groups) {
            group.forms().forEach((version, form) -> {
                String root = "apis/" + group.name() + "/" + version;
                Map<String, Object> own = paths("/" + root, form);
                paths.putAll(own);
                Document document = Document.of(Map.of(
                        "openapi",
                        "3.0.0",
                        "info",
                        info(programVersion),
                        "paths",
                        own,
                        "components",
                        Map.of("schemas", Map.of())));
                documents.put("/openapi/v3/" + root, document);
                index.put(root, Map.of("serverRelativeURL", "/openapi/v3/" + root + "?hash=" + document.hash()));
            });
        }
        documents.put("/openapi/v3", Document.of(Map.of("paths", index)));
        documents.put(
                "/openapi/v2",
                Document.of(Map.of(
                        "swagger", "2.0", "info", info(programVersion), "paths", paths, "definitions", Map.of())));
    }

    /** None when the path is not one of OpenAPI's. */
    Optional<Response> answer(String path, Request request) throws Refusal {
        Document document = documents.get(path);
        if (document == null) {
            return Optional.empty();
        }
        Accepted.by(request).requireJson();
        return Optional.of(document.answer(request));
    }

    private static Map<String, Object> paths(String root, Form form) {
        return form == Form.EXTERNAL
                ? path(root + "/namespaces/{namespace}/{metric}", "The values of an external metric.")
                : path(
                        root + "/namespaces/{namespace}/{resource}/{name}/{metric}",
                        "The value of a metric of an object.");
    }

    private static Map<String, Object> path(String path, String description) {
        Map<String, Object> ok = Map.of("200", Map.of("description", "OK"));
        return Map.of(path, Map.of("get", Map.of("description", description, "responses", ok)));
    }

    private static Map<String, Object> info(String version) {
        return Map.of("title", "Highwater", "version", version);
    }
}
