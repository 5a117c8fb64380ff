// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.exporters.client.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds keys in JSON (RFC 7517), by the names of their fields alone. */
final class JwkReader {

    /** One key: the names of its fields. */
    record Key(Set<String> fields) {

        /** Of RSA, elliptic curves and Edwards curves d, of symmetric ones k. */
        boolean isPrivate() {
            return fields.contains("d") || fields.contains("k");
        }

        boolean isKey() {
            return fields.contains("kty");
        }
    }

    private JwkReader() {}

    static List<Key> keys(Json json) throws IOException {
        var keys = new ArrayList<Key>();
        var fields = new HashSet<String>();
        if (json.isObject()) {
            json.object(field -> {
                fields.add(field);
                if (field.equals("keys")) {
                    keys.addAll(json.array(() -> key(json)));
                }
            });
        }
        keys.add(new Key(Set.copyOf(fields)));
        keys.removeIf(key -> !key.isKey());
        return keys;
    }

    private static Key key(Json json) throws IOException {
        var fields = new HashSet<String>();
        if (json.isObject()) {
            json.object(fields::add);
        }
        return new Key(Set.copyOf(fields));
    }
}
