// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program kubectl, as the user of a kubeconfig. Thread-safe. */
final class Kubectl {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String program;
    private final Path kubeconfig;
    private final Path folder;

    /**
     * @param folder for what it caches, and for its input and output
     */
    Kubectl(String program, Path kubeconfig, Path folder) {
        this.program = program;
        this.kubeconfig = kubeconfig;
        this.folder = folder;
    }

    /** What it printed. When it fails, a {@link LabException} with what it said. */
    String run(String input, String... arguments) {
        try {
            var in = Files.createTempFile(folder, "kubectl-", ".in");
            var out = Files.createTempFile(folder, "kubectl-", ".out");
            var errors = Files.createTempFile(folder, "kubectl-", ".err");
            try {
                Files.writeString(in, input);
                var process = new ProcessBuilder(command(arguments))
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(errors.toFile())
                        .start();
                await(process, String.join(" ", arguments), errors);
                return Files.readString(out);
            } finally {
                for (var file : List.of(in, out, errors)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new LabException("cannot run " + program, e);
        }
    }

    private List<String> command(String... arguments) {
        var command = new ArrayList<>(List.of(program, "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of("--cache-dir", folder.resolve("kubectl-cache").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void await(Process process, String what, Path errors) throws IOException {
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LabException("kubectl " + what + " did not end in " + LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for kubectl " + what, e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new LabException(
                    "kubectl " + what + ": " + Files.readString(errors).strip());
        }
    }
}
