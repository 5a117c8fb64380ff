// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may be done, as lines of keys with their meaning. */
final class Keys {

    private static final int COLUMNS = 78; // and two for the margin

    private Keys() {}

    /**
     * As few lines as it takes.
     *
     * @param groups of which each is in one line when it fits one
     */
    static List<String> lines(List<List<Action>> groups, Ink ink) {
        var lines = new ArrayList<List<Action>>();
        lines.add(new ArrayList<>());
        for (var group : groups) {
            if (!fits(lines.getLast(), group)) {
                lines.add(new ArrayList<>());
            }
            for (var action : group) {
                if (!fits(lines.getLast(), List.of(action))) {
                    lines.add(new ArrayList<>());
                }
                lines.getLast().add(action);
            }
        }
        return lines.stream().map(line -> text(line, ink)).toList();
    }

    private static boolean fits(List<Action> line, List<Action> more) {
        var both = Stream.concat(line.stream(), more.stream()).toList();
        return line.isEmpty() || text(both, new Ink(false)).length() <= COLUMNS;
    }

    private static String text(List<Action> actions, Ink ink) {
        return actions.stream()
                .map(action -> ink.bold(String.valueOf(action.key())) + " " + action.meaning())
                .collect(Collectors.joining("   "));
    }
}
