// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds secrets where the configuration says that they are, and refuses those that are not there. */
final class Secrets {

    /** What is surely a variable's name and not, by mistake, the secret itself. */
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

    private final Map<String, String> environment;
    private final Problems problems;

    Secrets(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /**
     * The secret in a file, read again each time that it is needed.
     *
     * @param written the path as the user wrote it
     */
    Optional<Secret> inFile(Place place, String written) {
        var path = Path.of(place.file()).resolveSibling(written);
        try {
            read(path);
            return Optional.of(new Secret("file " + path, () -> reveal(path)));
        } catch (IOException e) {
            // What is no absolute path may be the secret itself, written under the wrong key.
            problems.add(place, (written.startsWith("/") ? "file " + path : "this file") + " " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The secret in a variable of the environment, which does not change while the agent runs. */
    Optional<Secret> inEnvironment(Place place, String variable) {
        var value = environment.getOrDefault(variable, "");
        if (value.isEmpty()) {
            var named = VARIABLE.matcher(variable).matches();
            problems.add(
                    place, (named ? "environment variable " + variable : "this environment variable") + " is not set");
            return Optional.empty();
        }
        return Optional.of(new Secret("environment " + variable, () -> value));
    }

    private static String reveal(Path path) {
        try {
            return read(path);
        } catch (IOException e) {
            throw new IllegalStateException("file " + path + " " + e.getMessage(), e);
        }
    }

    /** Editors and {@code echo} end a file with a newline that is no part of the secret. */
    private static String read(Path path) throws IOException {
        var secret = TextFile.read(path).replaceFirst("[\r\n]+$", "");
        if (secret.isEmpty()) {
            throw new IOException("is empty");
        }
        return secret;
    }
}
