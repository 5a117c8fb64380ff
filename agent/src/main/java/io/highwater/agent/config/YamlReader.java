// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads one YAML document and says in our words what is wrong with it. */
final class YamlReader {

    /** More aliases than the parser's default, as {@link NodeConverter} keeps them from unfolding. */
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setMaxAliasesForCollections(10_000)
            .build();

    private final Problems problems;

    YamlReader(Problems problems) {
        this.problems = problems;
    }

    /** The text's only document, or nothing; empty when it is not valid, which is then among the problems. */
    Optional<Yaml> read(String text, Place file) {
        try {
            return Optional.of(new Compose(SETTINGS)
                    .composeString(text)
                    .map(document -> new NodeConverter(problems).convert(document, file))
                    .orElseGet(() -> new Yaml.Nothing(file)));
        } catch (MarkedYamlEngineException e) {
            YamlMistake.of(e).addTo(problems, file);
        } catch (ReaderException e) {
            problems.add(file, "the character U+%04X, which YAML does not allow".formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            // What else there is concerns the document's size or version, and quotes nothing of it.
            problems.add(file, "not valid YAML: " + e.getMessage());
        }
        return Optional.empty();
    }
}
