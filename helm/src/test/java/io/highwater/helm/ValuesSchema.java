// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON schema of the chart's values, made of src/schema/values.schema.yaml and the names of the alerts. Objects take the
 * keys that they have and no others. References are resolved but for the alerts', which would be too many.
 */
final class ValuesSchema {

    private static final String REFERENCE = "#/definitions/";

    private final Map<String, Node> source;
    private final Node alerts;

    private ValuesSchema(Map<String, Node> source, Node alerts) {
        this.source = source;
        this.alerts = alerts;
    }

    static ValuesSchema load() throws IOException {
        return new ValuesSchema(
                Node.parse(Files.readString(Chart.MODULE.resolve("src/schema/values.schema.yaml")))
                        .entries(),
                Node.parse(Files.readString(Chart.DIRECTORY.resolve("files/alerts.yaml")))
                        .at("alerts"));
    }

    String json() {
        var whole = new LinkedHashMap<String, Object>();
        whole.put("$schema", "http://json-schema.org/draft-07/schema#");
        whole.put("title", "Values of the Highwater chart");
        whole.put("definitions", Map.of());
        whole.putAll(asMap(complete(Map.of("properties", properties()))));
        var definitions = new LinkedHashMap<String, Object>();
        for (var kind : List.of("alert", "alertWithoutThreshold")) {
            definitions.put(kind, complete(definition(kind)));
        }
        whole.put("definitions", definitions);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(whole) + "\n";
    }

    /** Each value with its meaning, by the path of its keys. */
    Map<String, String> meanings() {
        var meanings = new LinkedHashMap<String, String>();
        describe("", asMap(complete(Map.of("properties", properties()))), meanings);
        return meanings;
    }

    private static void describe(String path, Map<String, Object> schema, Map<String, String> into) {
        if (schema.get("description") instanceof String meaning) {
            into.put(path, meaning);
        } else if (schema.get("properties") instanceof Map<?, ?> below) {
            asMap(below).forEach((key, value) -> describe(path.isEmpty() ? key : path + "." + key, asMap(value), into));
        } else {
            throw new IllegalStateException(path + " has no description");
        }
    }

    private Object properties() {
        return source.getOrDefault("properties", new Node(null)).entries();
    }

    private Map<String, Object> definition(String name) {
        return asMap(source.getOrDefault("definitions", new Node(null)).at(name).entries());
    }

    private Map<String, Object> ofAlerts() {
        var names = new LinkedHashMap<String, Object>();
        for (var alert : alerts.items()) {
            var kind = alert.find("threshold").isPresent() ? "alert" : "alertWithoutThreshold";
            names.put(alert.at("name").text(), Map.of("$ref", REFERENCE + kind));
        }
        var all = new LinkedHashMap<String, Object>();
        all.put("type", "object");
        all.put("properties", names);
        all.put("additionalProperties", false);
        return all;
    }

    /** The same with references resolved; what stands beside a reference is added to it. */
    private Object complete(Object given) {
        if (given instanceof Node node) {
            return complete(node.value() instanceof Map ? node.entries() : node.value() == null ? "" : node.value());
        }
        if (given instanceof List<?> list) {
            return list.stream().map(this::complete).toList();
        }
        if (!(given instanceof Map<?, ?>)) {
            return given;
        }
        var map = new LinkedHashMap<String, Object>();
        asMap(given).forEach((key, value) -> {
            if (key.equals("$ref")) {
                var name = text(value).substring(REFERENCE.length());
                map.putAll(name.equals("alerts") ? ofAlerts() : asMap(complete(definition(name))));
            } else if (key.equals("properties") && map.containsKey(key)) {
                map.merge(key, complete(value), ValuesSchema::both);
            } else {
                map.put(key, complete(value));
            }
        });
        if (map.containsKey("properties")) {
            map.putIfAbsent("type", "object");
            map.putIfAbsent("additionalProperties", false);
        }
        return map;
    }

    private static Object both(Object some, Object more) {
        var all = new LinkedHashMap<>(asMap(some));
        all.putAll(asMap(more));
        return all;
    }

    private static String text(Object value) {
        return value instanceof Node node ? node.text() : value.toString();
    }

    @SuppressWarnings("unchecked") // what is read from YAML has texts for keys
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }
}
