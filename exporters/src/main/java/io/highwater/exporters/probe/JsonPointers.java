// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What stands where JSON pointers (RFC 6901) point to in a document, which is read once and never held as a tree. Of an
 * object or an array it is only known that it is there.
 */
final class JsonPointers {

    private final Set<String> wanted;
    private final Map<String, String> found = new HashMap<>();

    private JsonPointers(Set<String> wanted) {
        this.wanted = wanted;
    }

    /** @throws IllegalArgumentException that starts with the key */
    static void check(String pointer, String key) {
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            throw new IllegalArgumentException(key + ": write a JSON pointer such as /status, not " + pointer);
        }
    }

    /** The values by pointer; one that points to nothing is left out. */
    static Map<String, String> read(byte[] document, Set<String> pointers) throws ProbeFailure {
        var reading = new JsonPointers(pointers);
        try {
            Json.read(document, "the body", json -> {
                reading.value(json, "");
                return reading;
            });
        } catch (CollectionException e) {
            throw new ProbeFailure(FailureReason.BODY, String.valueOf(e.getMessage()), e);
        }
        return reading.found;
    }

    private void value(Json json, String path) throws IOException {
        boolean object = json.isObject();
        if (wanted.contains(path)) {
            found.put(path, json.isScalar() ? json.scalar() : object ? "{…}" : "[…]");
        }
        if (json.isScalar() || wanted.stream().noneMatch(pointer -> pointer.startsWith(path + "/"))) {
            return;
        }
        if (object) {
            json.object(
                    field -> value(json, path + "/" + field.replace("~", "~0").replace("/", "~1")));
        } else {
            elements(json, path);
        }
    }

    private void elements(Json json, String path) throws IOException {
        var index = new int[1];
        json.array(() -> {
            value(json, path + "/" + index[0]);
            return index[0]++;
        });
    }
}
