// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The decoded parameters of a query string; the JDK's server has already refused broken escapes. */
final class Query {

    private Query() {}

    static Map<String, List<String>> parse(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8);
                parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        parameters.replaceAll((_, values) -> List.copyOf(values));
        return Collections.unmodifiableMap(parameters);
    }
}
