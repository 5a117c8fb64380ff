// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** All that is wrong with the configuration, so that a user corrects it in one go. */
final class Problems {

    private final List<Problem> problems = new ArrayList<>();

    void add(Place place, String message) {
        add(place, message, "");
    }

    void add(Place place, String message, String suggestion) {
        problems.add(new Problem(place, message, suggestion));
    }

    /** Adds that there is no such key, collector, exporter …, with what there is. */
    void unknown(Place place, String what, String word, Collection<String> known) {
        var all = "known: " + String.join(", ", known);
        add(
                place,
                "unknown " + what,
                Nearest.to(word, known)
                        .map(near -> "did you mean \"" + near + "\"? (" + all + ")")
                        .orElse(all));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** In the order of the files' lines; what two components took from the same place is one problem. */
    List<Problem> list() {
        return problems.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::place))
                .toList();
    }
}
