// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Level;
import io.highwater.rules.Alerts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardsCommandTest {

    private static final Path COMMITTED = Path.of(System.getProperty("project.root"), "dashboards", "json");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void writesTheCommittedFiles(@TempDir Path directory) throws IOException {
        var output = directory.resolve("grafana/highwater");

        assertThat(run("--output", output.toString())).isZero();

        try (var committed = Files.list(COMMITTED)) {
            assertThat(committed.filter(file -> file.toString().endsWith(".json")))
                    .hasSizeGreaterThan(8)
                    .allSatisfy(file ->
                            assertThat(output.resolve(file.getFileName())).hasSameTextualContentAs(file));
        }
        assertThat(out.toString())
                .contains(output.resolve("highwater-overview.json").toString());
    }

    @Test
    void drawsTheThresholdsOfTheLevel(@TempDir Path directory) {
        for (var level : Level.values()) {
            var output = directory.resolve(level.name());
            assertThat(run("--output", output.toString(), "--level", level.name()))
                    .isZero();
            var limit = (long)
                    Alerts.named("PostgresReplicaLagging").threshold(level).orElseThrow();
            assertThat(read(output.resolve("highwater-postgres.json"))).contains("\"value\": " + limit + "\n");
        }
        assertThat(directory.resolve("L1/highwater-postgres.json"))
                .content()
                .isNotEqualTo(read(directory.resolve("L3/highwater-postgres.json")));
    }

    @Test
    void saysWhyItCannotWrite(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("file"), "");

        assertThat(run("--output", file.toString())).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "FAILED: cannot write to " + file + ": " + file + " is a file, and a folder is needed");
    }

    private int run(String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "dashboards";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
