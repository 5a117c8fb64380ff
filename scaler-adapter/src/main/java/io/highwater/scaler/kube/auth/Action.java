// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a caller wants to do, as Kubernetes' rights name it. */
public sealed interface Action {

    /** Of the specification of a SubjectAccessReview. */
    Map<String, Object> review();

    /** The same with everything there is, which whoever may need not be asked for this one; empty when there is no such. */
    default Optional<Action> broader() {
        return Optional.empty();
    }

    /** With an object or a list of objects. */
    record OnResource(
            String verb,
            String namespace,
            String group,
            String version,
            String resource,
            String subresource,
            String name)
            implements Action {

        @Override
        public Map<String, Object> review() {
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put("verb", verb);
            attributes.put("group", group);
            attributes.put("version", version);
            attributes.put("resource", resource);
            put(attributes, "namespace", namespace);
            put(attributes, "subresource", subresource);
            put(attributes, "name", name);
            return Map.of("resourceAttributes", attributes);
        }

        @Override
        public Optional<Action> broader() {
            return Optional.of(new OnResource(verb, "", group, version, "*", "", ""));
        }

        private static void put(Map<String, Object> attributes, String key, String value) {
            if (!value.isEmpty()) {
                attributes.put(key, value);
            }
        }

        @Override
        public String toString() {
            String what = subresource.isEmpty() ? resource : resource + "/" + subresource;
            return verb + " resource \"" + what + "\" in API group \"" + group + "\""
                    + (namespace.isEmpty() ? " at the cluster scope" : " in the namespace \"" + namespace + "\"");
        }
    }

    /** With a document, such as discovery's. */
    record OnPath(String verb, String path) implements Action {

        @Override
        public Map<String, Object> review() {
            return Map.of("nonResourceAttributes", Map.of("verb", verb, "path", path));
        }

        @Override
        public String toString() {
            return verb + " path \"" + path + "\"";
        }
    }
}
