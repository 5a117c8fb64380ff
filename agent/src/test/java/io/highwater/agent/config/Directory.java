// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import static org.assertj.core.api.Assertions.fail;

import io.highwater.core.Exporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A directory with a {@code highwater.yaml} and what else a test puts there. */
record Directory(Path path) {

    static final List<Exporter<?>> EXPORTERS = List.of(new Depot(), Gate.GATE);

    static final Map<String, String> ENVIRONMENT = Map.of("GATE_TOKEN", "t0ken-of-the-gate", "EMPTY", "");

    Directory with(String file, String text) {
        try {
            Files.createDirectories(path.resolve(file).getParent());
            Files.writeString(path.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Config load(String yaml) throws ConfigException {
        return with("highwater.yaml", yaml).load(EXPORTERS);
    }

    Config load(List<Exporter<?>> exporters) throws ConfigException {
        return ConfigFile.load(path.resolve("highwater.yaml"), exporters, ENVIRONMENT);
    }

    /** What is wrong with this file, one line a problem, the directory left out. */
    String refusal(String yaml) {
        return with("highwater.yaml", yaml).refusal(EXPORTERS);
    }

    String refusal(List<Exporter<?>> exporters) {
        try {
            return fail("accepted: " + load(exporters));
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage()).replace(path + "/", "");
        }
    }
}
