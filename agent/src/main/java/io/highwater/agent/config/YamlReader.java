// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads one YAML document and says in our words what is wrong with it. */
final class YamlReader {

    private final Problems problems;

    YamlReader(Problems problems) {
        this.problems = problems;
    }

    /** The text's only document, or nothing; empty when it is not valid, which is then among the problems. */
    Optional<Yaml> read(String text, Place file) {
        try {
            // The settings hold a resolver with state, so each document has its own.
            var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
            return Optional.of(new Compose(settings)
                    .composeString(text)
                    .map(document -> new NodeConverter(problems).convert(document, file))
                    .orElseGet(() -> new Yaml.Nothing(file)));
        } catch (MarkedYamlEngineException e) {
            YamlMistake.of(e).addTo(problems, file);
        } catch (YamlEngineException e) {
            problems.add(file, unmarked(e));
        }
        return Optional.empty();
    }

    /** Few mistakes have no mark; their messages hold nothing of the text. */
    private static String unmarked(YamlEngineException e) {
        return "not valid YAML: "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
