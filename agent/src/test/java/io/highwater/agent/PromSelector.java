// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One selector of series in a PromQL expression.
 *
 * @param metrics the names that it may be of
 * @param matched the labels that its matchers name
 * @param range what stands in brackets after it, empty without
 * @param around the functions and aggregations that it stands in, the innermost first
 */
record PromSelector(List<String> metrics, List<String> matched, String range, List<Around> around) {

    /** A function or an aggregation, with the labels that it keeps when it says so. */
    record Around(String name, Optional<List<String>> by) {}

    private static final Pattern TOKEN = Pattern.compile(
            "'[^']*'|\"[^\"]*\"|\\[[^\\]]*]|[a-zA-Z_:][a-zA-Z0-9_:]*|=~|!~|!=|[-+*/<>=(){},]|[0-9][0-9a-z.]*|\\s+");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "Inf", "offset", "by", "on", "ignoring", "group_left", "without");

    /** All selectors of an expression, from left to right. */
    static List<PromSelector> in(String expression) {
        return new Reading(tokens(expression)).selectors();
    }

    private static List<String> tokens(String expression) {
        var found = new ArrayList<String>();
        var token = TOKEN.matcher(expression);
        int end = 0;
        while (token.find()) {
            if (token.start() != end) {
                throw new IllegalArgumentException("at " + end + " of " + expression);
            }
            end = token.end();
            if (!token.group().isBlank()) {
                found.add(token.group());
            }
        }
        return found;
    }

    private static final class Reading {

        private final List<String> tokens;
        private final List<PromSelector> found = new ArrayList<>();
        private final Deque<Around> open = new ArrayDeque<>();
        private int at;

        Reading(List<String> tokens) {
            this.tokens = tokens;
        }

        List<PromSelector> selectors() {
            while (at < tokens.size()) {
                step(tokens.get(at));
            }
            if (!open.isEmpty()) {
                throw new IllegalArgumentException("a bracket is not closed");
            }
            return found;
        }

        private void step(String token) {
            if (token.equals("(")) {
                open.push(new Around("", Optional.empty()));
                at++;
            } else if (token.equals(")")) {
                open.pop();
                at++;
            } else if (token.equals("{")) {
                selector("");
            } else if (!token.matches("[a-zA-Z_:].*")) {
                at++;
            } else if (WORDS.contains(token)) {
                at++;
                if (is("(") && !token.matches("and|or|unless|bool")) {
                    labels();
                }
            } else if (next("by")) {
                at += 2;
                var by = labels();
                open(token, Optional.of(by));
            } else if (next("(")) {
                at++;
                open(token, Optional.empty());
            } else {
                at++;
                selector(token);
            }
        }

        private void open(String name, Optional<List<String>> by) {
            at++; // the bracket
            open.push(new Around(name, by));
        }

        private void selector(String name) {
            var metrics = new ArrayList<String>();
            if (!name.isEmpty()) {
                metrics.add(name);
            }
            var matched = new ArrayList<String>();
            if (is("{")) {
                for (at++; !is("}"); at += is(",") ? 1 : 0) {
                    var label = tokens.get(at);
                    var value = tokens.get(at + 2);
                    if (label.equals("__name__")) {
                        metrics.addAll(
                                List.of(value.substring(1, value.length() - 1).split("\\|")));
                    } else {
                        matched.add(label);
                    }
                    at += 3;
                }
                at++;
            }
            var range = at < tokens.size() && tokens.get(at).startsWith("[") ? tokens.get(at) : "";
            found.add(new PromSelector(metrics, matched, range, List.copyOf(open)));
            at += range.isEmpty() ? 0 : 1;
        }

        /** The names in brackets, which come next. */
        private List<String> labels() {
            var labels = new ArrayList<String>();
            for (at++; !is(")"); at++) {
                if (!is(",")) {
                    labels.add(tokens.get(at));
                }
            }
            at++;
            return labels;
        }

        private boolean is(String token) {
            return at < tokens.size() && tokens.get(at).equals(token);
        }

        private boolean next(String token) {
            return at + 1 < tokens.size() && tokens.get(at + 1).equals(token);
        }
    }
}
