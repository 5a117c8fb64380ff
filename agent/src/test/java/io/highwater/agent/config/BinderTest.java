// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.highwater.core.Default;
import io.highwater.core.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a component of a settings record may be. */
class BinderTest {

    record Everything(
            String text,
            int whole,
            long longer,
            double decimal,
            boolean yes,
            Duration time,
            Path relative,
            Path absolute,
            Pattern pattern,
            Optional<Integer> perhaps,
            Optional<Integer> absent,
            List<Integer> list,
            Map<String, List<Duration>> map,
            @Default("{b: 2, a: 1}") Map<String, Integer> numbers,
            @Default("{name: x}") Inner inner,
            @Default("") String empty,
            @Default("7") Optional<Integer> seven) {}

    record Inner(String name, Optional<String> nickname) {}

    @Test
    void everyType() {
        var everything = bind(Everything.class, """
                text: 007
                whole: -3
                longer: 3000000000
                decimal: 1e3
                yes: true
                time: 1h30m
                relative: x/y
                absolute: /x/y
                pattern: ^a.*z$
                perhaps: 1
                absent:
                list: [1, 2]
                map: {z: [1s], a: 2s}
                """);

        // A pattern is equal to nothing but itself.
        assertThat(everything.pattern().pattern()).isEqualTo("^a.*z$");
        assertThat(everything)
                .isEqualTo(new Everything(
                        "007",
                        -3,
                        3_000_000_000L,
                        1000,
                        true,
                        Duration.ofMinutes(90),
                        Path.of("conf/x/y"),
                        Path.of("/x/y"),
                        everything.pattern(),
                        Optional.of(1),
                        Optional.empty(),
                        List.of(1, 2),
                        Map.of("z", List.of(Duration.ofSeconds(1)), "a", List.of(Duration.ofSeconds(2))),
                        Map.of("b", 2, "a", 1),
                        new Inner("x", Optional.empty()),
                        "",
                        Optional.of(7)));
        assertThat(everything.map().keySet()).containsExactly("z", "a");
        assertThat(everything.numbers().keySet()).containsExactly("b", "a");
    }

    record Whole(int it) {}

    record Decimal(double it) {}

    record Flag(boolean it) {}

    record Time(Duration it) {}

    record Regex(Pattern it) {}

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "0x10", "1_000", "3000000000", "one", "[1]"})
    void noWholeNumber(String text) {
        assertThat(refusal(Whole.class, text))
                .startsWith("it: expected a whole number")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "1d", "0x1p3", "1,5"})
    void noNumber(String text) {
        assertThat(refusal(Decimal.class, text))
                .startsWith("it: expected a number, found")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "True", "1"})
    void neitherTrueNorFalse(String text) {
        assertThat(refusal(Flag.class, text))
                .startsWith("it: expected true or false, found")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "500ms,PT0.5S",
        "1s,PT1S",
        "5m,PT5M",
        "1h30m,PT1H30M",
        "1d,PT24H",
        "1d1ms,PT24H0.001S",
        "90s,PT1M30S",
        "0s,PT0S"
    })
    void durations(String text, Duration duration) {
        assertThat(bind(Time.class, "it: " + text).it()).isEqualTo(duration);
        assertThat(Durations.parse(Durations.format(duration))).contains(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "5, did you mean \"5s\"?",
        "5 m, did you mean \"5m\"?",
        "1h30, did you mean \"1h30s\"?",
        "-5s, ''",
        "1.5s, ''",
        "30m1h, ''",
        "99999999999s, ''",
        "PT1S, ''",
        "soon, ''"
    })
    void noDuration(String text, String hint) {
        var refusal = "it: expected a duration such as 500ms, 5s or 1h30m, found \"%s\"".formatted(text);
        assertThat(refusal(Time.class, text)).isEqualTo(hint.isEmpty() ? refusal : refusal + "; " + hint);
    }

    @Test
    void noPattern() {
        assertThat(refusal(Regex.class, "'(a'")).isEqualTo("it: expected a regular expression, found \"(a\"");
    }

    record WrongDefault(@Default("soon") Duration it) {}

    record WrongType(Thread it) {}

    @Test
    void mistakesOfTheExporterAreNotTheUsers() {
        assertThatIllegalStateException()
                .isThrownBy(() -> bind(WrongDefault.class, "{}"))
                .withMessageContaining("the default of java.time.Duration it")
                .withMessageContaining("found \"soon\"");
        assertThatIllegalStateException()
                .isThrownBy(() -> bind(WrongType.class, "it: 1"))
                .withMessage("settings cannot be of class java.lang.Thread");
    }

    private static <R extends Record> R bind(Class<R> type, String yaml) {
        var problems = new Problems();
        var bound = bind(type, yaml, problems);
        assertThat(problems.list()).isEmpty();
        return bound.orElseThrow();
    }

    /** What is wrong when this is the value of {@code it}. */
    private static <R extends Record> String refusal(Class<R> type, String value) {
        var problems = new Problems();
        assertThat(bind(type, "it: " + value, problems)).isEmpty();
        var problem = problems.list().getFirst();
        return problem.toString().substring(problem.place().position().length() + 2);
    }

    private static <R extends Record> Optional<R> bind(Class<R> type, String yaml, Problems problems) {
        var value = new YamlReader(problems)
                .read(yaml, Place.of("conf/highwater.yaml"))
                .orElseThrow();
        return new Binder(problems, new Secrets(Map.of(), problems)).bind(type, value, List.of());
    }
}
