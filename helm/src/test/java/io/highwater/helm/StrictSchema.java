// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.util.Locale;

/**
 * Says whether an object is as its schema has it. Kubernetes' own kinds are compared with the models that its Java client
 * makes of the OpenAPI schema. Those of operators are compared with the fields in src/test/resources/kinds.yaml, which
 * names those that the chart uses; values are not looked at there.
 */
final class StrictSchema {

    private StrictSchema() {}

    /** Throws an {@link IllegalArgumentException} that names what does not fit. */
    static void check(Node object) throws IOException {
        var version = object.at("apiVersion").text();
        var kind = object.at("kind").text();
        var custom = Node.parse(Files.readString(Chart.MODULE.resolve("src/test/resources/kinds.yaml")))
                .find(version + " " + kind);
        if (custom.isPresent()) {
            checkFields(kind, object, custom.get());
        } else {
            checkModel(version, kind, new Gson().toJsonTree(object.value()));
        }
    }

    private static void checkModel(String version, String kind, JsonElement object) {
        var name = version.substring(version.indexOf('/') + 1).toUpperCase(Locale.ROOT) + kind;
        try {
            var model = Class.forName("io.kubernetes.client.openapi.models." + name);
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, object);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(String.valueOf(e.getCause()), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no schema of " + version + " " + kind, e);
        }
    }

    /** A field whose schema is empty is of Kubernetes' own and may be anything. */
    private static void checkFields(String path, Node value, Node schema) {
        if (schema.entries().isEmpty()) {
            return;
        }
        value.items().forEach(item -> checkFields(path + "[]", item, schema));
        value.entries().forEach((key, below) -> {
            var known = schema.entries().get(key);
            if (known == null) {
                throw new IllegalArgumentException(path + "." + key + " is not known");
            }
            checkFields(path + "." + key, below, known);
        });
    }
}
