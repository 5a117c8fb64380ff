// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Prometheus' own opinion of a page. */
public final class Promtool {

    private Promtool() {}

    /** What {@code promtool check metrics} finds, a line each. */
    public static List<String> lint(String page) throws IOException, InterruptedException {
        var promtool = Path.of(System.getProperty("promtool", "promtool"));
        assertThat(promtool).as("run scripts/tools first; ./test does").isExecutable();
        var process = new ProcessBuilder(promtool.toString(), "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (var stdin = process.outputWriter()) {
            stdin.write(page);
        }
        var findings = process.inputReader().lines().toList();
        // 0 for nothing to say, 3 for findings; anything else is a page that Prometheus cannot read.
        assertThat(process.waitFor()).as("%s", findings).isIn(0, 3);
        return findings;
    }
}
