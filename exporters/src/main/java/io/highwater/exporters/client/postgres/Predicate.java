// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

/** A condition on a row, in the operator's own SQL. */
public final class Predicate {

    private Predicate() {}

    /**
     * Refuses what could end the statement around it, or hide a part of it. The sessions are read-only regardless.
     *
     * @param key of the configuration, for the refusal
     */
    public static void check(String key, String sql) {
        if (sql.isBlank()) {
            throw new IllegalArgumentException(key + ": write a condition, such as status = 'new'");
        }
        if (sql.contains(";") || sql.contains("--") || sql.contains("/*")) {
            throw new IllegalArgumentException(key + ": write one condition, without ; and without comments");
        }
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < sql.length() && depth >= 0; i++) {
            char c = sql.charAt(i);
            quoted ^= c == '\'';
            if (!quoted) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }
        if (quoted || depth != 0) {
            throw new IllegalArgumentException(key + ": a quote or a parenthesis is missing");
        }
    }
}
