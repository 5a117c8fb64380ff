// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.runbooks;

import io.highwater.rules.Runbook;
import io.highwater.rules.Runbooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The runbooks that there are, each once. */
final class AllRunbooks {

    private static final Path FOLDER =
            Path.of(System.getProperty("project.root"), "alert-rules/src/main/resources/io/highwater/rules/runbooks");

    private AllRunbooks() {}

    static List<Runbook> read() {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replace(".md", ""))
                    .sorted()
                    .map(Runbooks::of)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
