// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The temporary folder that holds the demo's configuration, its password and the agent's log. */
record DemoFolder(Path path) implements AutoCloseable {

    private static final List<String> FILES = List.of("highwater.yaml", "password", "agent.log");

    static DemoFolder create(String nodes, String password) {
        try {
            var folder = new DemoFolder(Files.createTempDirectory("highwater-demo-")); // readable by its owner alone
            Files.writeString(folder.path.resolve("password"), password);
            Files.writeString(folder.config(), """
                    clusters:
                      demo:
                        postgres:
                          nodes: { %s }
                          passwordFile: password
                    """.formatted(nodes));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path config() {
        return path.resolve("highwater.yaml");
    }

    String configText() {
        try {
            return Files.readString(config());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        try {
            for (var file : FILES) {
                Files.deleteIfExists(path.resolve(file));
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
