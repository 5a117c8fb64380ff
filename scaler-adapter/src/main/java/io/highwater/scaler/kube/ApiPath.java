// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.core.web.Request;
import io.highwater.scaler.kube.auth.Action;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What a request is about, taken apart as Kubernetes' own servers do, for rights have to mean the same everywhere.
 *
 * @param path without a slash at its end
 * @param parts what follows the group and the version and, when there is one, the namespace: a resource, a name, what is
 *     asked of it. None for a document
 */
record ApiPath(String path, String group, String version, String namespace, List<String> parts) {

    /** Parts of the namespace itself, so no metric can have these names. */
    private static final Set<String> OF_NAMESPACES = Set.of("status", "finalize");

    static ApiPath of(Request request) {
        List<String> all = Arrays.stream(request.rawPath().split("/"))
                .filter(part -> !part.isEmpty())
                .map(ApiPath::decoded)
                .toList();
        String path = "/" + String.join("/", all);
        if (all.size() < 4 || !all.getFirst().equals("apis")) {
            return new ApiPath(path, "", "", "", List.of());
        }
        List<String> rest = all.subList(3, all.size());
        boolean namespaced = rest.size() > 1 && rest.getFirst().equals("namespaces");
        boolean inNamespace = namespaced && rest.size() > 2 && !OF_NAMESPACES.contains(rest.get(2));
        return new ApiPath(
                path,
                all.get(1),
                all.get(2),
                namespaced ? rest.get(1) : "",
                inNamespace ? rest.subList(2, rest.size()) : rest);
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    boolean isDocument() {
        return parts.isEmpty();
    }

    /** Which right it takes. */
    Action action(Request request) {
        String method = request.method();
        if (isDocument()) {
            return new Action.OnPath(method.equals("HEAD") ? "get" : method.toLowerCase(java.util.Locale.ROOT), path);
        }
        return new Action.OnResource(verb(request), namespace, group, version, parts.getFirst(), part(2), part(1));
    }

    static boolean isWatch(Request request) {
        return request.parameter("watch")
                .filter(watch -> watch.equals("1") || watch.equalsIgnoreCase("true"))
                .isPresent();
    }

    private String verb(Request request) {
        boolean one = !part(1).isEmpty();
        return switch (request.method()) {
            case "GET", "HEAD" -> one ? "get" : isWatch(request) ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> one ? "delete" : "deletecollection";
            default -> "";
        };
    }

    private String part(int index) {
        return index < parts.size() ? parts.get(index) : "";
    }
}
