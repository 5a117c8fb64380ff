// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a value of a JSON document is to be: {@code UP}, {@code < 100}, {@code != closed}, {@code ~ ^v2}.
 *
 * @param operand what it is compared with
 * @param pattern the same as a regular expression, if that is what it is
 */
record JsonCondition(Operator operator, String operand, Optional<Pattern> pattern) {

    /** The longer of those that begin alike come first. */
    private enum Operator {
        NOT("!="),
        AT_MOST("<="),
        AT_LEAST(">="),
        LESS("<"),
        MORE(">"),
        FOUND("~"),
        IS("="),
        PLAIN("");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }
    }

    /** @throws IllegalArgumentException that starts with the key */
    static JsonCondition of(String text, String key) {
        var operator = Arrays.stream(Operator.values())
                .filter(one -> text.startsWith(one.sign))
                .findFirst()
                .orElse(Operator.PLAIN);
        var operand = operator == Operator.PLAIN
                ? text
                : text.substring(operator.sign.length()).strip();
        try {
            var pattern =
                    operator == Operator.FOUND ? Optional.of(Pattern.compile(operand)) : Optional.<Pattern>empty();
            return new JsonCondition(operator, operand, pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(key + ": " + operand + " is not a regular expression", e);
        }
    }

    /** The same with another operand, which a regular expression does not have. */
    JsonCondition with(UnaryOperator<String> change) {
        return pattern.isPresent() ? this : new JsonCondition(operator, change.apply(operand), pattern);
    }

    boolean holds(String value, Attempt attempt) throws ProbeFailure {
        return switch (operator) {
            case PLAIN, IS -> value.equals(operand);
            case NOT -> !value.equals(operand);
            case FOUND -> PatientText.has(pattern.orElseThrow(), value, attempt);
            case LESS, AT_MOST, MORE, AT_LEAST -> comparison(value);
        };
    }

    private boolean comparison(String value) {
        try {
            int sign = Double.compare(Double.parseDouble(value), Double.parseDouble(operand));
            return switch (operator) {
                case LESS -> sign < 0;
                case AT_MOST -> sign <= 0;
                case MORE -> sign > 0;
                default -> sign >= 0;
            };
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return operator == Operator.PLAIN ? operand : operator.sign + " " + operand;
    }
}
