// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.agent.self.OwnFamily;
import io.highwater.core.Family;
import io.highwater.rules.Runbook;
import io.highwater.rules.Runbooks;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What runbooks ask the agent and Prometheus for, and what they name, is exposed. */
class RunbookFamiliesTest {

    private static final Pattern ASKED = Pattern.compile("name\\[]=([a-z0-9_]+)");
    private static final Pattern QUERY = Pattern.compile("promtool query [^']*'([^']*)'");
    private static final Pattern NAMED = Pattern.compile("`([a-z][a-z0-9_:]*)(?:\\{[^`]*})?`");
    private static final Pattern OURS = Pattern.compile(
            "\\b(?:ha|pg|redis|nats|bullmq|queue|outbox|claim|promql|metrics_endpoint|highwater)_[a-z0-9_]+");

    /** What Postgres itself calls so. */
    private static final Set<String> POSTGRES = Set.of("pg_wal", "pg_prepared_xacts");

    private static final Set<String> PROGRAMS =
            Set.of("pg_rewind", "pg_resetwal", "pg_dump", "pg_amcheck", "pg_checksums", "pg_basebackup", "pg_promote");

    @Test
    void everyFamilyIsDeclared() {
        var known = declared();
        for (var name : Runbooks.names()) {
            var runbook = Runbooks.named(name);
            assertThat(named(runbook)).as(name).isSubsetOf(known);
        }
    }

    private static Set<String> named(Runbook runbook) {
        var prose = Pattern.compile("(?ms)^```.*?^```$").matcher(runbook.text()).replaceAll("");
        var asked = runbook.blocks().stream()
                .map(Runbook.Block::commands)
                .flatMap(text -> Stream.concat(
                        ASKED.matcher(text).results().map(found -> found.group(1)),
                        QUERY.matcher(text)
                                .results()
                                .flatMap(query -> OURS.matcher(query.group(1)).results())
                                .map(found -> found.group())));
        var inProse = NAMED.matcher(prose)
                .results()
                .map(found -> found.group(1))
                .filter(OURS.asMatchPredicate())
                .filter(word -> !POSTGRES.contains(word) && !PROGRAMS.contains(word) && !word.startsWith("pg_create_"));
        return Stream.concat(asked, inProse).collect(toCollection(TreeSet::new));
    }

    private static Set<String> declared() {
        var exporters = InstalledExporters.load().stream()
                .flatMap(exporter -> exporter.families().stream())
                .map(Family::name);
        var own = OwnFamily.all().stream().map(OwnFamily::name);
        return Stream.concat(exporters, own).collect(toCollection(TreeSet::new));
    }
}
