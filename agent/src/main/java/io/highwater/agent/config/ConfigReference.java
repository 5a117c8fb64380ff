// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import static java.util.stream.Collectors.joining;

import io.highwater.core.Durations;
import io.highwater.core.Exporter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/** The reference of the configuration as Markdown, made of the records that it is bound to. */
public final class ConfigReference {

    private static final String[] COLUMNS = {"key", "value", "when absent", "meaning"};

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
        reference.header(COLUMNS);
        reference.keys("", Shape.of(FileSettings.class));
        reference.keys("clusters.<name>.", Shape.of(ClusterSettings.class));
        reference.row(code("clusters.<name>.<component>"), "keys", "", "what to watch; the components are below");
        reference.out.append(COLLECTORS);
        reference.header(COLUMNS);
        reference.keys("collectors.<collector>.", Shape.of(CollectorSettings.class));
        exporters.stream().sorted(Comparator.comparing(Exporter::component)).forEach(reference::exporter);
        return reference.out.toString();
    }

    private void exporter(Exporter<?> exporter) {
        out.append("\n## ").append(exporter.component()).append("\n\n");
        header(COLUMNS);
        keys("", Shape.of(exporter.settings()));
        out.append("\n");
        header("collector", "collects", "interval", "timeout", "maxAge", "maxSeries", "on");
        for (var spec : exporter.collectors()) {
            var schedule = spec.schedule();
            row(
                    code(spec.name()),
                    spec.about(),
                    Durations.format(schedule.interval()),
                    Durations.format(schedule.timeout()),
                    Durations.format(schedule.maxAge()),
                    String.valueOf(schedule.maxSeries()),
                    spec.enabled() ? "yes" : "no");
        }
    }

    private void header(String... columns) {
        row(columns);
        out.append("|---".repeat(columns.length)).append("|\n");
    }

    private void keys(String prefix, Shape shape) {
        shape.keys().forEach(key -> key(prefix, key));
    }

    private void key(String prefix, Key key) {
        if (key.secret()) {
            secret(prefix, key);
            return;
        }
        var absent = key.fallback().map(fallback -> code(fallback.text()));
        var lent = key.component();
        row(
                code(prefix + key.name()),
                noun(key.type()) + lent.map(name -> ", or " + code(name)).orElse(""),
                absent.or(() -> lent.map(ConfigReference::lentBy)).orElse(key.optional() ? "" : REFUSED),
                key.about());
        below(prefix + key.name(), key.type());
    }

    private static String lentBy(String component) {
        return "those of the component " + code(component) + " of the same cluster";
    }

    private void secret(String prefix, Key key) {
        var absent = key.optional() ? "" : REFUSED + ", unless the other is given";
        var about = key.about().isEmpty() ? key.name() : key.about();
        row(code(prefix + key.fileKey()), "a path", absent, about + ": the file that holds it");
        row(code(prefix + key.envKey()), "text", absent, about + ": the environment variable that holds it");
    }

    /** The keys of the records that a value is made of. */
    private void below(String path, ValueType type) {
        switch (type) {
            case ValueType.Keys keys -> keys(path + ".", keys.shape());
            case ValueType.Several several -> below(path + "[]", several.item());
            case ValueType.Named named -> below(path + ".<name>", named.each());
            case ValueType.Word _, ValueType.Hidden _ -> {}
        }
    }

    private static String noun(ValueType type) {
        return switch (type) {
            case ValueType.Word word -> word.type().noun();
            case ValueType.Several several -> "list, each " + noun(several.item());
            case ValueType.Named named -> "names, each with " + noun(named.each());
            case ValueType.Keys keys ->
                keys.shape()
                        .shorthand()
                        .map(key -> "its " + key.name() + ", or keys")
                        .orElse("keys");
            case ValueType.Hidden _ -> "";
        };
    }

    private void row(String... cells) {
        out.append(Arrays.stream(cells).map(cell -> cell.replace("|", "\\|")).collect(joining(" | ", "| ", " |\n")));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
