// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * What the parser found wrong, in our words: its own may quote the text, and that may be a secret.
 *
 * @param sign what the parser's message contains
 * @param fromStart whether the place is where the broken construct began, rather than where the parser gave up
 */
record YamlMistake(String sign, String message, boolean fromStart, Optional<Mark> mark) {

    private static final List<YamlMistake> KNOWN = List.of(
            at("\\t(TAB)", "a tab; indent with spaces"),
            at("cannot start any token", "a value that starts with such a character must stand in quotes"),
            at(
                    "mapping values are not allowed",
                    "a second \":\" on the line, or an indentation that fits no line above"),
            at("another document", "a second document; write each into a file of its own and include it"),
            at("<document start>", "text after the end of the document"),
            at("undefined alias", "an alias (*) without its anchor (&); put text that starts with * in quotes"),
            at("undefined tag", "a tag (!); put text that starts with ! in quotes"),
            at("expected <block end>", "an indentation that fits no line above, or a bracket too many"),
            at("escape", "an unknown escape (\\) in double quotes; single quotes know none"),
            at("expected the node content", "a value that is missing, or a bracket that is not closed"),
            start("unexpected end of stream", "a quote that is not closed"),
            start("expected ',' or", "a bracket that is not closed"),
            start("could not find expected ':'", "a key without \":\""));

    private static YamlMistake at(String sign, String message) {
        return new YamlMistake(sign, message, false, Optional.empty());
    }

    private static YamlMistake start(String sign, String message) {
        return new YamlMistake(sign, message, true, Optional.empty());
    }

    static YamlMistake of(MarkedYamlEngineException e) {
        var problem = String.valueOf(e.getProblem());
        var known = KNOWN.stream()
                .filter(mistake -> problem.contains(mistake.sign))
                .findFirst()
                .orElseGet(() -> at("", "not valid YAML"));
        var mark = known.fromStart ? e.getContextMark().or(e::getProblemMark) : e.getProblemMark();
        return new YamlMistake(known.sign, known.message, known.fromStart, mark);
    }

    void addTo(Problems problems, Place file) {
        problems.add(mark.map(m -> file.at(m.getLine() + 1, m.getColumn() + 1)).orElse(file), message);
    }
}
