// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a PromQL expression asks of which series: enough of the language to check names, by no means all of it.
 *
 * @param all the selectors, in the order of the expression
 * @param labels the labels that it groups, joins or copies by, wherever in it
 */
record Selectors(List<Selector> all, Set<String> labels) {

    /**
     * The series of one metric.
     *
     * @param labels those that it matches by
     */
    record Selector(String metric, Set<String> labels) {
        public Selector {
            labels = Set.copyOf(labels);
        }
    }

    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|\\[[^\\]]*\\]|[a-zA-Z_:][\\w:]*|\\$\\{?\\w+\\}?|[{}(),]|=~|!~|!=|==|<=|>=|[^\\s\\w]|\\d[\\w.]*");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*");
    private static final Set<String> CLAUSES = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "offset", "bool", "inf", "nan", "atan2", "start", "end");

    private static final Set<String> AFTER_FUNCTIONS = Set.of("(", "by", "without");

    public Selectors {
        all = List.copyOf(all);
        labels = Set.copyOf(labels);
    }

    static Selectors of(String expression) {
        return new Reader(expression).read();
    }

    /** The names of the metrics. */
    Stream<String> metrics() {
        return all.stream().map(Selector::metric);
    }

    private static final class Reader {

        private final List<String> tokens;
        private final List<Selector> selectors = new ArrayList<>();
        private final Set<String> labels = new LinkedHashSet<>();
        private int at;

        Reader(String expression) {
            this.tokens = TOKEN.matcher(expression)
                    .results()
                    .map(found -> found.group())
                    .toList();
        }

        Selectors read() {
            while (at < tokens.size()) {
                var token = tokens.get(at++);
                if (CLAUSES.contains(token) && next().equals("(")) {
                    labels.addAll(names(")"));
                } else if (NAME.matcher(token).matches()
                        && !WORDS.contains(token.toLowerCase(Locale.ROOT))
                        && !AFTER_FUNCTIONS.contains(next())) {
                    selectors.add(new Selector(token, next().equals("{") ? names("}") : Set.of()));
                }
            }
            return new Selectors(selectors, labels);
        }

        private String next() {
            return at < tokens.size() ? tokens.get(at) : "";
        }

        /** The names up to the end of the brackets that begin here; what is quoted is no name. */
        private Set<String> names(String end) {
            var names = new LinkedHashSet<String>();
            while (at < tokens.size() && !tokens.get(at).equals(end)) {
                var token = tokens.get(at++);
                if (NAME.matcher(token).matches()) {
                    names.add(token);
                }
            }
            at++;
            return names;
        }
    }
}
