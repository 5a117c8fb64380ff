// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import java.util.List;
import java.util.stream.Stream;

/**
 * A dashboard: what is wrong on top, on one screen, and what it may come from below it, folded.
 *
 * @param uid its name in links, which stays
 * @param variables after the data source
 */
public record Dashboard(
        String uid,
        String title,
        String description,
        List<Variable> variables,
        List<Annotation> annotations,
        List<Row> rows) {

    /** All dashboards have it; the links between them are made of it. */
    public static final String TAG = "highwater";

    public Dashboard {
        variables = List.copyOf(variables);
        annotations = List.copyOf(annotations);
        rows = List.copyOf(rows);
    }

    public Stream<Panel> panels() {
        return rows.stream().flatMap(row -> row.panels().stream());
    }
}
