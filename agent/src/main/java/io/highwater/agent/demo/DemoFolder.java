// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The temporary folder that holds the demo's configuration, its passwords and the agent's log. */
record DemoFolder(Path path) implements AutoCloseable {

    static DemoFolder create() {
        try {
            return new DemoFolder(Files.createTempDirectory("highwater-demo-")); // readable by its owner alone
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the configuration of an agent that watches these, and returns its text. */
    String configure(List<Backend> backends) {
        var text = new StringBuilder("clusters:\n  demo:\n");
        try {
            for (var backend : backends) {
                text.append("    ").append(backend.component()).append(":\n");
                backend.settings()
                        .forEach(line -> text.append("      ").append(line).append('\n'));
                for (var secret : backend.secrets().entrySet()) {
                    Files.writeString(path.resolve(secret.getKey()), secret.getValue());
                }
            }
            Files.writeString(config(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    Path config() {
        return path.resolve("highwater.yaml");
    }

    Path logFile() {
        return path.resolve("agent.log");
    }

    /** The agent's, which would tear the picture on a terminal. */
    OutputStream log() {
        try {
            return Files.newOutputStream(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (var files = Files.list(path)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
