// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {

    private static final Option FROM = Option.required(List.of("--from", "-f"), "PLACE", "Where it starts.");
    private static final Option VIA = Option.of("--via", "PLACE", "", "Where it stops. Repeatable.");
    private static final Option SPEED = Option.of("--speed", "WORD", "slow", "How fast: slow or fast.");
    private static final Option QUIET = Option.toggle("--quiet", "Says nothing on the way.");

    private enum Speed {
        SLOW,
        FAST
    }

    private static final Command TRAVEL = new Command() {
        @Override
        public String name() {
            return "travel";
        }

        @Override
        public String about() {
            return "Goes somewhere.";
        }

        @Override
        public List<Option> options() {
            return List.of(FROM, VIA, SPEED, QUIET);
        }

        @Override
        public String parameter() {
            return "PLACE";
        }

        @Override
        public int run(Arguments given, Console console) throws UsageException {
            console.out()
                    .println(given.value(FROM) + " " + given.all(VIA) + " " + given.parameter() + " "
                            + given.choice(SPEED, Speed.values()) + " " + given.has(QUIET) + " " + given.get(VIA));
            return 7;
        }
    };

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void takesValuesAfterABlankOrAnEqualsSign() throws Exception {
        assertThat(run("travel", "--from", "a=b", "--via=x", "there", "--speed=fast", "--via", "y", "--quiet"))
                .isEqualTo(7);
        assertThat(run("travel", "there", "-f=")).isEqualTo(7);
        assertThat(out.toString(UTF_8)).isEqualTo("""
                a=b [x, y] there FAST true Optional[y]
                 [] there SLOW false Optional.empty
                """);
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        for (var words : List.of(
                "travel there",
                "travel --from a",
                "travel --from a there elsewhere",
                "travel --form a there",
                "travel there --from",
                "travel --from a there --quiet=yes",
                "travel --from a there --speed FAST",
                "fly",
                "--fly")) {
            assertThat(run(words.split(" "))).as(words).isEqualTo(2);
        }
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8)).isEqualTo("""
                tour: error: required flag --from not provided, try --help
                tour: error: required argument PLACE not provided, try --help
                tour: error: unexpected 'elsewhere', try --help
                tour: error: unknown flag --form, try --help
                tour: error: expected a value for flag --from, try --help
                tour: error: flag --quiet takes no value, try --help
                tour: error: --speed must be one of slow, fast, not 'FAST', try --help
                tour: error: unknown command fly, try --help
                tour: error: unknown flag --fly, try --help
                """);
    }

    @Test
    void helps() throws Exception {
        assertThat(run("--help")).isZero();
        assertThat(run("travel", "--from", "a", "-h")).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("""
                usage: tour COMMAND

                Tours.

                  travel     Goes somewhere.
                  --version  Says which version this is.
                  --help     Says this; after a command, what it takes.
                usage: tour travel --from=PLACE [FLAGS] PLACE

                Goes somewhere.

                  --from, -f=PLACE  Where it starts.
                  --via=PLACE       Where it stops. Repeatable.
                  --speed=WORD      How fast: slow or fast. Default: slow
                  --quiet           Says nothing on the way.
                  --help            Says this.
                """);
    }

    @Test
    void withoutACommandItHelpsAndFails() throws Exception {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("usage: tour COMMAND");
    }

    @Test
    void saysItsVersion() throws Exception {
        assertThat(run("--version")).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("tour 1\n");
    }

    private int run(String... words) throws InterruptedException {
        return new Program("tour", "Tours.", "tour 1", List.of(TRAVEL))
                .run(new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)), words);
    }
}
