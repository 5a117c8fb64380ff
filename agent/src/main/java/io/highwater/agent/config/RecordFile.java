// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A YAML file whose keys are the components of one record: a configuration beside the agent's own. */
public final class RecordFile {

    private RecordFile() {}

    /**
     * Reads the file; an empty one is a record of defaults. Paths in it are relative to it.
     *
     * @throws ConfigException if anything at all is wrong; it tells everything that is
     */
    public static <R extends Record> R load(Path file, Class<R> type) throws ConfigException {
        var problems = new Problems();
        var place = Place.of(file.toString());
        Optional<R> bound = Optional.empty();
        try {
            var binder = new Binder(problems, new Secrets(Map.of(), problems));
            bound = new YamlReader(problems)
                    .read(TextFile.read(file), place)
                    .flatMap(document -> binder.bind(type, document, List.of()));
        } catch (IOException e) {
            problems.add(place, String.valueOf(e.getMessage()));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.list());
        }
        return bound.orElseThrow();
    }
}
