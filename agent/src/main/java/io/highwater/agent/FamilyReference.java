// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.self.OwnFamily;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Every metric family that the agent can expose, as text. */
final class FamilyReference {

    /** @param labels after those that every series of a target has: cluster, node and the configured ones */
    private record Row(
            String name, String type, List<String> labels, String meaning, String source, boolean compatible) {

        static Row of(Family family) {
            return new Row(
                    family.name(),
                    family.kind().name().toLowerCase(Locale.ROOT),
                    family.labels(),
                    meaning(family),
                    family.source(),
                    family.compatible());
        }

        static Row of(OwnFamily family) {
            return new Row(family.name(), family.type(), family.labels(), family.help(), "", false);
        }

        private static String meaning(Family family) {
            if (family.bounds().isEmpty()) {
                return family.help();
            }
            var bounds = family.bounds().stream().map(Row::plain).collect(Collectors.joining(", "));
            return family.help() + " Buckets up to " + bounds + ".";
        }

        private static String plain(double bound) {
            return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
        }

        String line() {
            return "| `" + name + "`" + (compatible ? " ≡" : "") + " | " + type + " | "
                    + labels.stream().map(label -> "`" + label + "`").collect(Collectors.joining(", ")) + " | "
                    + cell(meaning) + " | " + cell(source) + " |\n";
        }

        private static String cell(String text) {
            return text.replace("|", "\\|").replace("<", "&lt;");
        }
    }

    private record Section(String title, String about, List<Row> rows) {}

    private static final String INTRODUCTION = """
            # Metrics

            Every family that the agent can expose. This page is made from the code: `highwater families --markdown`.

            - All series have the label `cluster`; those of one instance have `node`; those of a cluster as a whole have not.
              The labels that the configuration gives a cluster come after. The tables name the labels beyond these.
            - A name marked ≡ is that of an established exporter, with its type and meaning, so that dashboards go on working.
            - A histogram `name` has the series `name_bucket`, `name_sum` and `name_count`.
            - A family whose source did not answer is absent. It is never 0, and never an old value: it vanishes when it is
              older than its collector's maxAge.
            """;

    private FamilyReference() {}

    /** The text of docs/metrics.md. */
    static String markdown(Collection<? extends Exporter<?>> exporters) {
        var out = new StringBuilder(INTRODUCTION);
        for (var exporter : exporters) {
            out.append("\n## ").append(exporter.component()).append('\n');
            sections(exporter).forEach(section -> append(out, "### ", section));
        }
        append(out, "## ", own());
        return out.append("""

                Beside these there are `jvm_*` and `process_*`, as Micrometer and Prometheus' client libraries name them.
                """).toString();
    }

    /** One family a line: name, type, meaning. */
    static String list(Collection<? extends Exporter<?>> exporters) {
        return sections(exporters).stream()
                .flatMap(section -> section.rows.stream())
                .map(row -> row.name + "\t" + row.type + "\t" + row.meaning + "\n")
                .sorted()
                .distinct()
                .collect(Collectors.joining());
    }

    private static List<Section> sections(Collection<? extends Exporter<?>> exporters) {
        var sections = new ArrayList<Section>();
        exporters.forEach(exporter -> sections.addAll(sections(exporter)));
        sections.add(own());
        return sections;
    }

    private static List<Section> sections(Exporter<?> exporter) {
        var sections = new ArrayList<Section>();
        sections.add(section("up", "whether the target answers", List.of(exporter.up())));
        for (var spec : exporter.collectors()) {
            sections.add(section(spec.name(), spec.about(), spec.families()));
        }
        var derived = new ArrayList<>(exporter.families());
        derived.remove(exporter.up());
        exporter.collectors().forEach(spec -> derived.removeAll(spec.families()));
        sections.add(section("cluster", "what the nodes say together, and what the configuration promises", derived));
        return sections;
    }

    private static Section section(String title, String about, List<Family> families) {
        return new Section(title, about, families.stream().map(Row::of).toList());
    }

    private static Section own() {
        return new Section(
                "the agent itself", "", OwnFamily.all().stream().map(Row::of).toList());
    }

    private static void append(StringBuilder out, String level, Section section) {
        out.append('\n').append(level).append(section.title).append('\n');
        if (!section.about.isEmpty()) {
            out.append('\n').append(section.about).append('\n');
        }
        out.append("\n| family | type | labels | meaning | source |\n|---|---|---|---|---|\n");
        section.rows.forEach(row -> out.append(row.line()));
    }
}
