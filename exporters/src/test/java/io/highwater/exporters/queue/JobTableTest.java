// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static io.highwater.exporters.queue.WatchedJobTables.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.exporters.client.redis.Address;
import io.highwater.exporters.client.redis.RedisServers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the settings of a table of jobs refuse, and what its queues are called. */
class JobTableTest {

    private static final Optional<String> NO = Optional.empty();
    private static final Map<String, PostgresNode> NODES =
            Map.of("pg-1", new PostgresNode("pg-1.internal", PostgresNode.Replication.PHYSICAL));

    private static void refused(String says, Runnable settings) {
        assertThatIllegalArgumentException().isThrownBy(settings::run).withMessageStartingWith(says);
    }

    private static JobTable states(Optional<String> state, List<String> waiting) {
        return WatchedJobTables.states("app.jobs", state, waiting, NO, 100);
    }

    private static JobTable table(
            Optional<JobLibrary> layout, Optional<String> schema, Optional<String> name, List<String> failed) {
        return new JobTable(
                layout, schema, name, NO, NO, NONE, NONE, NONE, failed, NO, NO, NO, NO, List.of("*"), "UTC", 100);
    }

    private static JobTable times(
            Optional<String> runAt,
            Optional<String> startedAt,
            Optional<String> finishedAt,
            List<String> queues,
            String zone) {
        return new JobTable(
                Optional.empty(),
                NO,
                Optional.of("jobs"),
                NO,
                NO,
                List.of("not done"),
                NONE,
                NONE,
                NONE,
                runAt,
                NO,
                startedAt,
                finishedAt,
                queues,
                zone,
                100);
    }

    @Test
    void aTableIsALibrarysOrIsDescribed() {
        var oban = Optional.of(JobLibrary.OBAN);
        refused("table: write", () -> table(Optional.empty(), NO, NO, NONE));
        refused("table: ", () -> table(Optional.empty(), NO, Optional.of("a; b"), NONE));
        refused("schema: ", () -> table(Optional.empty(), Optional.of("app"), Optional.of("jobs"), NONE));
        refused("schema: ", () -> table(oban, Optional.of("a\"b"), NO, NONE));
        refused("layout: ", () -> table(oban, NO, Optional.of("jobs"), NONE));
        refused("layout: ", () -> table(oban, NO, NO, List.of("dead")));
    }

    @Test
    void statesAreWordsOrConditions() {
        refused("waiting: ", () -> states(Optional.of("status"), NONE));
        refused("waiting: ", () -> table(Optional.empty(), NO, Optional.of("jobs"), List.of("dead")));
        refused("waiting: ", () -> states(NO, List.of("one", "two")));
        refused("waiting: ", () -> states(NO, List.of("true; DROP TABLE jobs")));
        refused("waiting: ", () -> states(Optional.of("status"), List.of("a\\b")));
        refused("state: ", () -> states(Optional.of("a b"), List.of("new")));
        refused("runAt: ", () -> times(Optional.of("a b"), NO, NO, List.of("*"), "UTC"));
        refused("startedAt: ", () -> times(NO, Optional.of("started"), NO, List.of("*"), "UTC"));
        refused("finishedAt: ", () -> times(NO, NO, Optional.of("ended"), List.of("*"), "UTC"));
        refused("queues: ", () -> times(NO, NO, NO, NONE, "UTC"));
        refused("timeZone: ", () -> times(NO, NO, NO, List.of("*"), "Mars"));
        refused("cap: ", () -> WatchedJobTables.plain("jobs", 0));
        assertThat(states(Optional.of("status"), List.of("it's", "new"))
                        .queries("x")
                        .getFirst()
                        .slice()
                        .where())
                .isEqualTo("\"status\" IN ('it''s', 'new')");
    }

    @Test
    void serversAreThoseOfTheQueuesThatThereAre() {
        var redis = Optional.of(
                new RedisServers(Map.of("pg-1", new Address("redis-1")), NO, Optional.empty(), Optional.empty()));
        var tables = Map.of("jobs", WatchedJobTables.plain("jobs", 100));
        refused(
                "postgres: write where",
                () -> WatchedJobTables.settings(redis, NONE, tables, Map.<String, PostgresNode>of()));
        refused(
                "redis: write where",
                () -> WatchedJobTables.settings(Optional.empty(), List.of("mails"), tables, NODES));
        refused(
                "postgres: pg-1 is a node of redis, too",
                () -> WatchedJobTables.settings(redis, List.of("mails"), tables, NODES));
        refused(
                "tables: ",
                () -> WatchedJobTables.settings(
                        Optional.empty(), NONE, Map.of("", WatchedJobTables.plain("jobs", 100)), NODES));
        // Which the cluster has, and this component does not need.
        assertThat(WatchedJobTables.settings(redis, NONE, tables, NODES).redis())
                .isEmpty();
    }

    @Test
    void aQueueHasTheNameOfItsTableBeforeItUnlessThatIsUsual() {
        var oban = WatchedJobTables.of(JobLibrary.OBAN, NO);
        assertThat(oban.queueName("oban", "mails").key()).isEqualTo("oban:mails");
        assertThat(oban.queueName("shop", "mails").key()).isEqualTo("oban:shop:mails");
        var split = WatchedJobTables.states("jobs", NO, NONE, Optional.of("kind"), 100);
        assertThat(split.queueName("jobs", "mails").name()).isEqualTo("jobs:mails");
        assertThat(WatchedJobTables.plain("jobs", 100)
                        .queueName("mails", JobQuery.NO_QUEUE)
                        .name())
                .isEqualTo("mails");
    }
}
