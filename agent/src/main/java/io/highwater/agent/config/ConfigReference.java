// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import static java.util.stream.Collectors.joining;

import io.highwater.core.Exporter;
import io.highwater.core.Schedule;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The reference of the configuration as Markdown, made of the records that it is bound to. */
public final class ConfigReference {

    private static final String REFUSED = "**refused**";

    private static final String INTRODUCTION = """
            # The configuration

            One YAML file, and those that it includes. Whatever is wrong stops the start, with its line: unknown keys, missing
            files, names that clash.

            - A duration is a number with its unit: `500ms`, `5s`, `1h30m`, `1d`.
            - A relative path starts at the directory of the file that it stands in.
            - A secret stands in a file or in the environment, never in here. A file is read again for each new connection; a
              newline at its end is no part of the secret.
            - A single value may stand for a list of one.
            - Anchors and aliases may be used, merge keys and tags may not. A file is one document.

            For example:

            ```yaml
            """;

    private static final String COLLECTORS = """

            ## Collectors

            Every component takes `collectors:`, which changes when the collectors run that its table names. The first one
            tells whether a target is up and cannot be off.

            """;

    private final StringBuilder out = new StringBuilder();

    private ConfigReference() {}

    /**
     * The text of docs/configuration.md.
     *
     * @param example a configuration to start with
     */
    public static String markdown(String example, Collection<? extends Exporter<?>> exporters) {
        var reference = new ConfigReference();
        reference.out.append(INTRODUCTION).append(example.stripTrailing()).append("\n```\n");
        reference.out.append("\n## Files and clusters\n\n");
        reference.header();
        reference.keys("", FileSettings.class);
        reference.keys("clusters.<name>.", ClusterSettings.class);
        reference.row("clusters.<name>.<component>", "keys", "", "what to watch; the components are below");
        reference.out.append(COLLECTORS);
        reference.header();
        reference.keys("collectors.<collector>.", CollectorSettings.class);
        exporters.stream().sorted(Comparator.comparing(Exporter::component)).forEach(reference::exporter);
        return reference.out.toString();
    }

    private void exporter(Exporter<?> exporter) {
        out.append("\n## ").append(exporter.component()).append("\n\n");
        header();
        keys("", exporter.settings());
        out.append(
                "\n| collector | collects | interval | timeout | maxAge | maxSeries | on |\n|---|---|---|---|---|---|---|\n");
        for (var spec : exporter.collectors()) {
            Schedule schedule = spec.schedule();
            out.append("| `%s` | %s | %s | %s | %s | %d | %s |%n"
                    .formatted(
                            spec.name(),
                            cell(spec.about()),
                            Durations.format(schedule.interval()),
                            Durations.format(schedule.timeout()),
                            Durations.format(schedule.maxAge()),
                            schedule.maxSeries(),
                            spec.enabled() ? "yes" : "no"));
        }
    }

    private void header() {
        out.append("| key | value | when absent | meaning |\n|---|---|---|---|\n");
    }

    private void keys(String prefix, Class<? extends Record> type) {
        Shape.of(type).keys().forEach(key -> key(prefix, key));
    }

    private void key(String prefix, Key key) {
        if (key.secret()) {
            secret(prefix, key);
            return;
        }
        var absent = key.fallback().map(fallback -> "`" + fallback.text() + "`");
        row(prefix + key.name(), noun(key.type()), absent.orElse(key.optional() ? "" : REFUSED), key.about());
        below(prefix + key.name(), key.type());
    }

    private void secret(String prefix, Key key) {
        var absent = key.optional() ? "" : REFUSED + ", unless the other is given";
        var about = key.about().isEmpty() ? key.name() : key.about();
        row(prefix + key.fileKey(), "a path", absent, about + ": the file that holds it");
        row(prefix + key.envKey(), "text", absent, about + ": the environment variable that holds it");
    }

    /** The keys of the records that a value is made of. */
    private void below(String path, Type type) {
        if (type instanceof Class<?> record && record.isRecord()) {
            keys(path + ".", record.asSubclass(Record.class));
        } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            below(path + "[]", list.getActualTypeArguments()[0]);
        } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            below(path + ".<name>", map.getActualTypeArguments()[1]);
        }
    }

    private static String noun(Type type) {
        return switch (type) {
            case ParameterizedType list
            when list.getRawType() == List.class -> "list, each " + noun(list.getActualTypeArguments()[0]);
            case ParameterizedType map
            when map.getRawType() == Map.class -> "names, each with " + noun(map.getActualTypeArguments()[1]);
            case Class<?> record
            when record.isRecord() ->
                Shape.of(record.asSubclass(Record.class))
                        .shorthand()
                        .map(key -> "its " + key.name() + ", or keys")
                        .orElse("keys");
            case Class<?> scalar -> ScalarType.of(scalar).noun();
            default -> throw new IllegalStateException("settings cannot be of " + type);
        };
    }

    private void row(String key, String value, String absent, String meaning) {
        out.append(List.of("`" + key + "`", value, absent, meaning).stream()
                .map(ConfigReference::cell)
                .collect(joining(" | ", "| ", " |\n")));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
