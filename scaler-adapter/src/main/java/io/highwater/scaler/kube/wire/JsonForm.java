// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import io.highwater.scaler.kube.client.Json;
import io.highwater.scaler.kube.wire.ValueList.Form;
import io.highwater.scaler.kube.wire.ValueList.Item;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values as JSON. */
final class JsonForm {

    private JsonForm() {}

    static byte[] write(ValueList list) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", list.form().kind());
        json.put("apiVersion", list.apiVersion());
        json.put("metadata", Map.of());
        json.put(
                "items",
                list.items().stream().map(item -> item(list.form(), item)).toList());
        return Json.write(json);
    }

    private static Map<String, Object> item(Form form, Item item) {
        Map<String, Object> json = new LinkedHashMap<>();
        item.object().ifPresent(object -> json.put("describedObject", object(object)));
        switch (form) {
            case EXTERNAL -> {
                json.put("metricName", item.metric());
                json.put("metricLabels", item.labels());
            }
            case CUSTOM_V1BETA1 -> json.put("metricName", item.metric());
            case CUSTOM_V1BETA2 -> json.put("metric", Map.of("name", item.metric()));
        }
        json.put("timestamp", item.timestamp().truncatedTo(ChronoUnit.SECONDS).toString());
        if (item.windowSeconds() > 0) {
            json.put(form == Form.CUSTOM_V1BETA2 ? "windowSeconds" : "window", item.windowSeconds());
        }
        json.put("value", item.value().toString());
        return json;
    }

    private static Map<String, Object> object(ValueList.DescribedObject object) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!object.kind().isEmpty()) {
            json.put("kind", object.kind());
            json.put("apiVersion", object.apiVersion());
        }
        json.put("namespace", object.namespace());
        json.put("name", object.name());
        return json;
    }
}
