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

    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");

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

        boolean compares() {
            return this == AT_MOST || this == AT_LEAST || this == LESS || this == MORE;
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
        if (operator.compares() && !isNumber(operand) && !new Template(operand).hasNames()) {
            throw new IllegalArgumentException(key + ": " + text + ": write a number to compare with");
        }
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
        if (!isNumber(value) || !isNumber(operand)) {
            return false;
        }
        int sign = Double.compare(Double.parseDouble(value), Double.parseDouble(operand));
        return switch (operator) {
            case LESS -> sign < 0;
            case AT_MOST -> sign <= 0;
            case MORE -> sign > 0;
            default -> sign >= 0;
        };
    }

    /** Java would take more for one: NaN, 0x1p3, 7d. */
    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    @Override
    public String toString() {
        return operator == Operator.PLAIN ? operand : operator.sign + " " + operand;
    }
}
