// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.Durations;
import io.highwater.core.Nearest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * A type of value that is one word of text.
 *
 * @param noun what it is called in messages and in the reference
 * @param read the value, or empty when the text is not of this type
 * @param hint what may have been meant by text that is not; may be empty
 */
record ScalarType(String noun, Function<String, Optional<?>> read, Function<String, String> hint) {

    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final ScalarType BOOLEAN = new ScalarType("true or false", ScalarType::bool, ScalarType::boolHint);
    private static final ScalarType INT = of("a whole number", ScalarType::integer);
    private static final ScalarType LONG = of("a whole number", ScalarType::longInteger);
    private static final ScalarType DOUBLE = of("a number", ScalarType::decimal);

    private static final Map<Class<?>, ScalarType> TYPES = Map.ofEntries(
            Map.entry(String.class, of("text", Optional::of)),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(int.class, INT),
            Map.entry(Integer.class, INT),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(double.class, DOUBLE),
            Map.entry(Double.class, DOUBLE),
            Map.entry(
                    Duration.class,
                    new ScalarType("a duration such as 500ms, 5s or 1h30m", Durations::parse, ScalarType::unitHint)),
            Map.entry(Path.class, of("a path", ScalarType::path)),
            Map.entry(Pattern.class, of("a regular expression", ScalarType::pattern)));

    private static ScalarType of(String noun, Function<String, Optional<?>> read) {
        return new ScalarType(noun, read, _ -> "");
    }

    /** An enum's constants are spelled as their {@code toString} says. */
    static ScalarType of(Class<?> type) {
        var constants = type.getEnumConstants();
        if (constants != null) {
            return ofEnum(List.of(constants));
        }
        var known = TYPES.get(type);
        if (known == null) {
            throw new IllegalStateException("settings cannot be of " + type);
        }
        return known;
    }

    private static ScalarType ofEnum(List<Object> constants) {
        var names = constants.stream().map(Object::toString).toList();
        return new ScalarType(
                "one of " + String.join(", ", names),
                text -> constants.stream()
                        .filter(constant -> constant.toString().equals(text))
                        .findFirst(),
                text -> Nearest.to(text, names).map(ScalarType::didYouMean).orElse(""));
    }

    private static String didYouMean(String text) {
        return "did you mean \"" + text + "\"?";
    }

    private static Optional<Boolean> bool(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static String boolHint(String text) {
        return switch (text) {
            case "yes", "on", "True", "TRUE" -> didYouMean("true");
            case "no", "off", "False", "FALSE" -> didYouMean("false");
            default -> "";
        };
    }

    private static Optional<Integer> integer(String text) {
        return longInteger(text).filter(number -> number == number.intValue()).map(Long::intValue);
    }

    private static Optional<Long> longInteger(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Double> decimal(String text) {
        return DECIMAL.matcher(text).matches() ? Optional.of(Double.parseDouble(text)) : Optional.empty();
    }

    private static String unitHint(String text) {
        var joined = BLANKS.matcher(text).replaceAll("");
        return Stream.of(joined, joined + "s")
                .filter(candidate -> Durations.parse(candidate).isPresent())
                .findFirst()
                .map(ScalarType::didYouMean)
                .orElse("");
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<Pattern> pattern(String text) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }
}
