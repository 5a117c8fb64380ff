// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus' own checker of rules, as {@code scripts/tools} fetches it. */
final class Promtool {

    /** What it said, and whether it was content. */
    record Answer(boolean good, String text) {}

    private Promtool() {}

    static Answer checkRules(Path file) {
        return run(List.of("check", "rules", file.toString()));
    }

    static Answer testRules(List<Path> files) {
        var arguments = new ArrayList<>(List.of("test", "rules"));
        files.forEach(file -> arguments.add(file.toString()));
        return run(arguments);
    }

    private static Answer run(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("project.root"), ".tools/bin/promtool")
                .toString());
        command.addAll(arguments);
        try {
            var said = Files.createTempFile("promtool", ".txt");
            try {
                var process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
                if (!process.waitFor(10, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("promtool does not end");
                }
                return new Answer(process.exitValue() == 0, Files.readString(said));
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new IllegalStateException("promtool cannot be run; scripts/tools fetches it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
