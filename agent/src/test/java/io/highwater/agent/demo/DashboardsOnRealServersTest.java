// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.highwater.core.Level;
import io.highwater.dashboards.Dashboard;
import io.highwater.dashboards.Dashboards;
import io.highwater.dashboards.Panel;
import io.highwater.dashboards.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every panel, variable and annotation on a real Prometheus, before, during and after a failover of
 * Postgres: none is wrong, none is empty unless its panel says why, and what is drawn can be told apart.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardsOnRealServersTest {

    /** What this test need not show: its servers lack the feature, the fault, or the autoscaler; or it is there for a moment. */
    private static final Set<String> NOT_HERE = Set.of(
            "highwater-agent / Series left out",
            "highwater-agent / Collections skipped",
            "highwater-jetstream / Account storage",
            "highwater-jetstream / Advisories",
            "highwater-jetstream / Behind what they copy",
            "highwater-jetstream / Given up",
            "highwater-jetstream / Messages given up",
            "highwater-jetstream / Risky settings",
            "highwater-jetstream / Streams",
            "highwater-jetstream / Used of the limit",
            "highwater-jetstream / Done in",
            "highwater-outbox / Done in",
            "highwater-outbox / Oldest of each key",
            "highwater-outbox / Tried before",
            "highwater-overview / Broken invariants",
            "highwater-overview / Tickets",
            "highwater-postgres / Archived and failed",
            "highwater-postgres / Log not archived",
            "highwater-postgres / Longest wait for a lock",
            "highwater-postgres / Oldest segment that waits",
            "highwater-postgres / Segments that wait to be archived",
            "highwater-postgres / Sessions that wait for a lock",
            "highwater-postgres / Slow statements",
            "highwater-probe / Age of the head",
            "highwater-probe / Behind the best",
            "highwater-probe / Failures by reason",
            "highwater-probe / First certificate to expire",
            "highwater-probe / Status",
            "highwater-probe / When they expire",
            "highwater-queues / Done in",
            "highwater-queues / Failures",
            "highwater-queues / May run at once",
            "highwater-queues / Oldest failed job",
            "highwater-redis / Shards",
            "highwater-redis / Slots that fail",
            "highwater-redis / What would be lost",
            "highwater-redis / Works",
            "highwater-stores / Buckets",
            "highwater-stores / Drives being filled",
            "highwater-stores / Failed by the server",
            "highwater-stores / Failures by reason",
            "highwater-stores / Waiting for replication",
            "highwater-scaling / Asking the API server",
            "highwater-scaling / Calls",
            "highwater-scaling / Capped policies",
            "highwater-scaling / Caps",
            "highwater-scaling / Certificate ends in",
            "highwater-scaling / Certificates end in",
            "highwater-scaling / Oldest sample served",
            "highwater-scaling / Open streams",
            "highwater-scaling / Policies without an answer",
            "highwater-scaling / Reads",
            "highwater-scaling / Sources that fail",
            "highwater-scaling / Wanted, answered, running");

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Pattern LABEL = Pattern.compile("\\{\\{([a-z_]+)}}");

    /** A question of a dashboard: of one of its panels, or of its variables and annotations. */
    private record Question(String dashboard, String title, Query query, boolean mayBeEmpty, boolean isTable) {

        String panel() {
            return dashboard + " / " + title;
        }

        @Override
        public String toString() {
            return panel() + ": " + query.expr();
        }
    }

    private static WatchedServers servers;
    private static final Set<Question> answered = new HashSet<>();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        servers = WatchedServers.start(folder);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    @Order(1)
    void beforeAFailoverEveryPanelHasAnAnswer() {
        servers.await("count(probe_success{cluster='demo'} == 1) == 2");
        awaitAnswers();
    }

    @Test
    @Order(2)
    void whileThePrimaryIsDeadAPanelIsEmptyOnlyIfItSaysWhy() {
        servers.sentinels().master().kill();
        servers.act(Action.KILL);
        servers.awaitPrimaries(0);
        awaitAnswers();
        servers.await("ALERTS{alertname='PostgresNoPrimary', alertstate='firing'}");
        awaitAnswers();
    }

    @Test
    @Order(3)
    void afterTheFailoverTooAndItIsMarked() throws Exception {
        servers.sentinels().awaitFailover();
        servers.act(Action.FAILOVER);
        servers.awaitPrimaries(1);
        servers.act(Action.BACK);
        servers.await("min(ha_quorum_margin{component='postgres', cluster='demo'}) == 1");
        awaitAnswers();
        var failover = "max by (cluster, component) (ha_last_failover_timestamp_seconds{cluster=~'.*'}) * 1000";
        assertThat(servers.prometheus().value("count(" + failover + ")")).hasValue(2);
    }

    @Test
    @Order(4)
    void whatIsAllowedToBeEmptyIsNotAlwaysEmpty() {
        Set<String> never = questions().stream()
                .filter(question -> !answered.contains(question))
                .map(Question::panel)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(never).isSubsetOf(NOT_HERE);
    }

    /** Some counters and rates need a second scrape, so it may take a moment. */
    private static void awaitAnswers() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            var panels = new TreeSet<String>();
            var withAnAnswer = new HashSet<String>();
            for (var question : questions()) {
                if (isAnswered(question) || question.mayBeEmpty()) {
                    withAnAnswer.add(question.panel());
                }
                panels.add(question.panel());
            }
            panels.removeAll(withAnAnswer);
            assertThat(panels).as("empty").isEmpty();
        });
    }

    private static boolean isAnswered(Question question) throws IOException, InterruptedException {
        var reply = JsonParser.parseString(
                        servers.prometheus().query(concrete(question.query().expr())))
                .getAsJsonObject();
        assertThat(reply.get("status").getAsString())
                .as(question + "\n" + reply)
                .isEqualTo("success");
        var results = reply.getAsJsonObject("data").getAsJsonArray("result");
        boolean isThere = StreamSupport.stream(results.spliterator(), false)
                .anyMatch(one -> !one.getAsJsonObject()
                        .getAsJsonArray("value")
                        .get(1)
                        .getAsString()
                        .equals("NaN"));
        if (isThere) {
            answered.add(question);
        }
        if (!question.isTable()) {
            var names = StreamSupport.stream(results.spliterator(), false)
                    .map(one -> name(question, one.getAsJsonObject().getAsJsonObject("metric")))
                    .toList();
            assertThat(names).as(question.toString()).doesNotHaveDuplicates().doesNotContain("");
        }
        return isThere;
    }

    /** As the legend calls the series. */
    private static String name(Question question, JsonObject labels) {
        return LABEL.matcher(question.query().legend())
                .replaceAll(found ->
                        labels.has(found.group(1)) ? labels.get(found.group(1)).getAsString() : "")
                .strip();
    }

    /** As Grafana puts in what is chosen: all of everything. */
    private static String concrete(String expr) {
        return expr.replace("$__rate_interval", "4s").replace("$__range", "5m").replaceAll("\\$[a-z_]+", ".*");
    }

    private static List<Question> questions() {
        var all = new ArrayList<Question>();
        for (var dashboard : Dashboards.all(Level.L3)) {
            dashboard
                    .panels()
                    .forEach(panel -> panel.queries().forEach(query -> all.add(question(dashboard, panel, query))));
            dashboard
                    .variables()
                    .forEach(variable -> all.add(
                            new Question(dashboard.uid(), "$" + variable.label(), variable.asQuery(), false, false)));
            dashboard
                    .annotations()
                    .forEach(annotation ->
                            all.add(new Question(dashboard.uid(), annotation.name(), annotation.query(), true, true)));
        }
        return all;
    }

    private static Question question(Dashboard dashboard, Panel panel, Query query) {
        boolean isTable = panel.view().type().equals("table");
        return new Question(
                dashboard.uid(), panel.title(), query, !panel.empty().isEmpty(), isTable);
    }
}
