// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Level;
import io.highwater.rules.AlertmanagerConfig;
import io.highwater.rules.RuleFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void writesRulesAndRouting(@TempDir Path directory) {
        var output = directory.resolve("etc/prometheus");

        assertThat(run(
                        "--output",
                        output.toString(),
                        "--level",
                        "L3",
                        "--runbooks-url",
                        "http://docs/",
                        "--grafana-url",
                        "http://g"))
                .isZero();

        assertThat(output.resolve("highwater.rules.yml"))
                .hasContent(new RuleFile(Level.L3, "http://docs", "http://g").yaml());
        assertThat(output.resolve("alertmanager.yml"))
                .hasContent(AlertmanagerConfig.of(Level.L3).yaml());
    }

    @Test
    void keepsTheRoutingThatIsThere(@TempDir Path directory) throws IOException {
        var routing = Files.writeString(directory.resolve("alertmanager.yml"), "mine");

        assertThat(run("--output", directory.toString())).isZero();

        assertThat(routing).hasContent("mine");
        assertThat(out.toString()).contains("kept " + routing);
        assertThat(directory.resolve("highwater.rules.yml")).exists();
    }

    @Test
    void saysWhyItCannotWrite(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("file"), "");

        assertThat(run("--output", file.resolve("below").toString())).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("FAILED: cannot write to " + file.resolve("below") + ": ")
                .doesNotContain("Exception");
    }

    private int run(String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "rules";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }
}
