// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import java.util.ArrayList;
import java.util.List;

/**
 * One question, and how its answer is shown.
 *
 * @param empty why there may be no answer although all is well; without a reason there always is one
 * @param width in 24ths of the screen
 * @param height in units of 38 pixels
 */
public record Panel(
        View view,
        String title,
        String description,
        List<Query> queries,
        Unit unit,
        Thresholds thresholds,
        List<State> states,
        String empty,
        int width,
        int height,
        List<Link> links) {

    /** What stands where an answer should be when none was to be missed. */
    private static final String MISSING = "No data: is the agent scraped, and is this watched?";

    public Panel {
        queries = List.copyOf(queries);
        states = List.copyOf(states);
        links = List.copyOf(links);
    }

    static Panel stat(String title, String description) {
        return of(new View.Stat(), title, description).size(4, 4);
    }

    static Panel lines(String title, String description) {
        return of(new View.Timeseries(false), title, description).size(8, 8);
    }

    static Panel areas(String title, String description) {
        return of(new View.Timeseries(true), title, description).size(8, 8);
    }

    static Panel timeline(String title, String description) {
        return of(new View.StateTimeline(), title, description).size(12, 7);
    }

    static Panel table(String title, String description, Column... columns) {
        return of(new View.Table(List.of(columns)), title, description).size(12, 8);
    }

    private static Panel of(View view, String title, String description) {
        return new Panel(
                view, title, description, List.of(), Unit.COUNT, Thresholds.NONE, List.of(), "", 1, 1, List.of());
    }

    Panel ask(String expr, String legend) {
        var more = new ArrayList<>(queries);
        more.add(Query.of(expr, legend));
        return new Panel(view, title, description, more, unit, thresholds, states, empty, width, height, links);
    }

    Panel in(Unit newUnit) {
        return new Panel(view, title, description, queries, newUnit, thresholds, states, empty, width, height, links);
    }

    Panel coloured(Thresholds newThresholds) {
        return new Panel(view, title, description, queries, unit, newThresholds, states, empty, width, height, links);
    }

    Panel meaning(State... newStates) {
        return new Panel(
                view, title, description, queries, unit, thresholds, List.of(newStates), empty, width, height, links);
    }

    /** Why there may be no answer although all is well, in the few words that fit where it would stand. */
    Panel emptyWhen(String why) {
        return new Panel(view, title, description, queries, unit, thresholds, states, why, width, height, links);
    }

    Panel size(int newWidth, int newHeight) {
        return new Panel(
                view, title, description, queries, unit, thresholds, states, empty, newWidth, newHeight, links);
    }

    Panel to(Link... newLinks) {
        return new Panel(
                view, title, description, queries, unit, thresholds, states, empty, width, height, List.of(newLinks));
    }

    /** What stands where no answer is. */
    public String noValue() {
        return empty.isEmpty() ? MISSING : empty;
    }
}
