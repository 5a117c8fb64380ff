// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import java.util.List;

/**
 * A column of a table: a label, or the values of a query.
 *
 * @param field the label's name, or the query's letter
 * @param links where a click on a cell leads
 */
public record Column(
        String field, String title, Unit unit, Thresholds thresholds, List<State> states, List<Link> links) {

    public Column {
        states = List.copyOf(states);
        links = List.copyOf(links);
    }

    static Column label(String name, Link... links) {
        return new Column(name, name, Unit.PLAIN, Thresholds.NONE, List.of(), List.of(links));
    }

    static Column value(String letter, String title, Unit unit, Thresholds thresholds, State... states) {
        return new Column(letter, title, unit, thresholds, List.of(states), List.of());
    }

    /** Whether it shows values and no label. */
    public boolean isValue() {
        return field.matches("[A-Z]");
    }
}
