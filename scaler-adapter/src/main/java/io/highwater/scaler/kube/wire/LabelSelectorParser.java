// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import io.highwater.scaler.kube.wire.Requirement.Absent;
import io.highwater.scaler.kube.wire.Requirement.Compared;
import io.highwater.scaler.kube.wire.Requirement.Exists;
import io.highwater.scaler.kube.wire.Requirement.In;
import io.highwater.scaler.kube.wire.Requirement.NotIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads one {@link LabelSelector}, from left to right and with one token of foresight. Takes what Kubernetes takes. */
final class LabelSelectorParser {

    private final String text;
    private final LabelTokens tokens;

    LabelSelectorParser(String text) {
        this.text = text;
        this.tokens = new LabelTokens(text);
    }

    LabelSelector parse() throws Refusal {
        List<Requirement> requirements = new ArrayList<>();
        if (!tokens.isAtEnd()) {
            requirements.add(requirement());
        }
        while (!tokens.isAtEnd()) {
            expect(",", "a comma or the end");
            requirements.add(requirement());
        }
        return new LabelSelector(requirements);
    }

    private Requirement requirement() throws Refusal {
        boolean negated = tokens.skip("!");
        String key = name();
        if (negated) {
            return new Absent(key);
        }
        if (tokens.isAtEnd() || tokens.isNext(",")) {
            return new Exists(key);
        }
        return switch (tokens.next()) {
            case "=", "==" -> new In(key, Set.of(exactValue()));
            case "!=" -> new NotIn(key, Set.of(exactValue()));
            case "in" -> new In(key, values());
            case "notin" -> new NotIn(key, values());
            case ">" -> new Compared(key, true, bound());
            case "<" -> new Compared(key, false, bound());
            default -> throw refused("one of = == != in notin > <");
        };
    }

    private String name() throws Refusal {
        String name = tokens.next();
        if (!LabelTokens.isWord(name)) {
            throw refused("a label's name");
        }
        if (!LabelSyntax.isKey(name)) {
            throw refused(name, "is no name of a label");
        }
        return name;
    }

    /** Nothing before a comma or the end is the empty value. */
    private String exactValue() throws Refusal {
        return tokens.isAtEnd() || tokens.isNext(",") ? "" : value();
    }

    private String value() throws Refusal {
        String value = tokens.next();
        if (!LabelTokens.isWord(value)) {
            throw refused("a value");
        }
        if (!LabelSyntax.isValue(value)) {
            throw refused(value, "is no value of a label");
        }
        return value;
    }

    /** Between two commas, and between a comma and a parenthesis, is the empty value. */
    private Set<String> values() throws Refusal {
        expect("(", "an opening parenthesis");
        Set<String> values = new TreeSet<>();
        do {
            values.add(tokens.isNext(",") || tokens.isNext(")") ? "" : value());
        } while (tokens.skip(","));
        expect(")", "a comma or a closing parenthesis");
        return values;
    }

    private long bound() throws Refusal {
        String bound = value();
        try {
            return Long.parseLong(bound);
        } catch (NumberFormatException e) {
            throw refused(bound, "is no whole number");
        }
    }

    private void expect(String token, String what) throws Refusal {
        if (!tokens.next().equals(token)) {
            throw refused(what);
        }
    }

    private Refusal refused(String expected) {
        String found = tokens.last().isEmpty() ? "the end" : "'" + tokens.last() + "'";
        return Refusal.badRequest("labelSelector \"" + text + "\": expected " + expected + " at character "
                + (tokens.lastAt() + 1) + ", found " + found);
    }

    private Refusal refused(String word, String why) {
        return Refusal.badRequest("labelSelector \"" + text + "\": '" + word + "' " + why);
    }
}
