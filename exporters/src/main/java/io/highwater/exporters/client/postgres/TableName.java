// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a table, or of a part of one, as it is written into SQL: in quotes, so that it means what the catalog has.
 *
 * @param schema as the search path has it, when empty
 */
public record TableName(Optional<String> schema, String name) {

    private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$-]{0,62}");

    /** @param key of the configuration, for the refusal */
    public static TableName parse(String key, String text) {
        var parts = text.split("\\.", -1);
        if (parts.length > 2) {
            throw new IllegalArgumentException(key + ": write schema.table or table, without the database");
        }
        for (var part : parts) {
            check(key, part);
        }
        return parts.length == 1
                ? new TableName(Optional.empty(), parts[0])
                : new TableName(Optional.of(parts[0]), parts[1]);
    }

    /** Refuses what is no identifier; quotes and blanks are never needed. */
    public static void check(String key, String identifier) {
        if (!IDENTIFIER.matcher(identifier).matches()) {
            throw new IllegalArgumentException(
                    key + ": write the name as the catalog has it: letters, digits, _, $ and -, without quotes");
        }
    }

    public static String quoted(String identifier) {
        return '"' + identifier + '"';
    }

    /** As SQL has it. */
    public String sql() {
        return schema.map(of -> quoted(of) + "." + quoted(name)).orElseGet(() -> quoted(name));
    }

    /** As people write it. */
    @Override
    public String toString() {
        return schema.map(of -> of + "." + name).orElse(name);
    }
}
