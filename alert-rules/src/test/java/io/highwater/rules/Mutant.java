// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import io.highwater.core.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An alert with one thing broken.
 *
 * @param what was done to it
 */
record Mutant(Alert alert, String what, String expression, Duration delay) {

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern COMPARISON = Pattern.compile("(?<![=!<>])(==|!=|<=|>=|<|>)(?![=~])");
    private static final Map<String, String> OPPOSITES =
            Map.of("==", "!=", "!=", "==", "<", ">=", ">=", "<", ">", "<=", "<=", ">");
    private static final Map<String, String> BOUNDARIES = Map.of("<", "<=", "<=", "<", ">", ">=", ">=", ">");
    private static final Pattern ON = Pattern.compile("\\bon \\([^)]*\\)( group_left \\([^)]*\\))?");
    private static final Pattern MATCHER = Pattern.compile("(?<=[{,])[a-z_]+(=~|!~|!=|=)\"[^\"]*\",?");
    private static final Pattern SET = Pattern.compile("\\b(and|or|unless)\\b");
    private static final Pattern GROUPING = Pattern.compile("(?<=by \\()[a-z_]+");

    static List<Mutant> of(Alert alert, Level level) {
        var mutants = new ArrayList<Mutant>();
        var expression = alert.expression(level);
        var delay = alert.delay(level);
        var changes = new ArrayList<Change>();
        changes.add(new Change("turns", COMPARISON, sign -> OPPOSITES.getOrDefault(sign, sign)));
        changes.add(new Change("moves the boundary of", COMPARISON, sign -> BOUNDARIES.getOrDefault(sign, sign)));
        changes.add(new Change("drops", ON, _ -> ""));
        changes.add(new Change("drops", MATCHER, _ -> ""));
        changes.add(new Change("turns", SET, word -> word.equals("and") ? "or" : "and"));
        changes.add(new Change("groups by another label than", GROUPING, label -> label + "_other"));
        Selectors.of(expression)
                .metrics()
                .distinct()
                .forEach(metric -> changes.add(new Change(
                        "renames", Pattern.compile("\\b" + metric + "\\b(?!:)"), name -> name + "_renamed")));
        for (var change : changes) {
            change.results(expression)
                    .filter(result -> !result.equals(expression))
                    .forEach(result -> mutants.add(new Mutant(alert, change.what, result, delay)));
        }
        var step = UnitTest.interval(alert, level).multipliedBy(2);
        mutants.add(new Mutant(alert, "waits longer", expression, delay.plus(step)));
        if (!delay.isZero()) {
            mutants.add(new Mutant(alert, "waits less", expression, delay.minus(step)));
        }
        return mutants;
    }

    /** Something that is done at each place of a kind, one after the other; what is quoted stays. */
    private record Change(String what, Pattern places, UnaryOperator<String> by) {

        Stream<String> results(String expression) {
            var quoted = QUOTED.matcher(expression).results().toList();
            return places.matcher(expression)
                    .results()
                    .filter(place -> quoted.stream().noneMatch(text -> within(place, text)))
                    .map(place -> expression.substring(0, place.start())
                            + by.apply(place.group())
                            + expression.substring(place.end()));
        }

        private static boolean within(MatchResult place, MatchResult text) {
            return place.start() > text.start() && place.end() < text.end();
        }
    }

    @Override
    public String toString() {
        return "%s (%s): %s for %s".formatted(alert.name(), what, expression, delay);
    }
}
