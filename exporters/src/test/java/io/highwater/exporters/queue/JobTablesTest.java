// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static io.highwater.exporters.queue.WatchedQueues.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.ExposedPage;
import io.highwater.exporters.client.redis.Address;
import io.highwater.exporters.client.redis.RedisServers;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.RedisSet;
import io.highwater.lab.junit.PostgresClusterExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tables of jobs on a primary, watched together with its standby: those of every library, as far as the role may that
 * {@link JobLibrary#rights} says, and tables that the configuration describes.
 */
class JobTablesTest {

    @RegisterExtension
    static final PostgresClusterExtension lab = new PostgresClusterExtension(PostgresCluster.of(15));

    private static final Map<JobLibrary, JobTable> LIBRARIES = new EnumMap<>(JobLibrary.class);

    private static WatchedQueues libraries;
    private static long filled;

    @BeforeAll
    static void fill() throws IOException {
        execute("CREATE ROLE " + WatchedJobTables.USER + " LOGIN BYPASSRLS PASSWORD 'PASSWORD'");
        try (var sql = Objects.requireNonNull(JobTablesTest.class.getResourceAsStream("job-tables.sql"))) {
            filled = System.currentTimeMillis();
            execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
        var tables = new TreeMap<String, JobTable>();
        for (var library : JobLibrary.values()) {
            var schema = library == JobLibrary.RIVER ? Optional.of("rivers") : Optional.<String>empty();
            var table = WatchedJobTables.of(library, schema);
            execute("GRANT USAGE ON SCHEMA " + schema.orElse(library.schema()) + " TO " + WatchedJobTables.USER);
            table.rights().forEach(right -> execute("GRANT SELECT " + right + " TO " + WatchedJobTables.USER));
            tables.put(library.toString(), table);
            LIBRARIES.put(library, table);
        }
        execute("GRANT SELECT (blocked) ON pgboss.job TO " + WatchedJobTables.USER);
        libraries = watch(tables);
    }

    private static void execute(String sql) {
        lab.primary().execute(sql);
    }

    private static WatchedQueues watch(Map<String, JobTable> tables) {
        return WatchedQueues.of(WatchedJobTables.settings(tables, lab.primary(), lab.standby()));
    }

    @AfterAll
    static void stop() {
        libraries.close();
    }

    @ParameterizedTest
    @EnumSource
    void theTablesOfALibraryAreUnderstood(JobLibrary library) {
        jobs(library, 2, "waiting");
        jobs(library, 1, "delayed");
        jobs(library, 1, "active");
        jobs(library, 1, "failed");
        age(library, 60, "queue_oldest_waiting_job_age_seconds");
        age(library, 30, "queue_oldest_active_job_age_seconds");
        age(library, 300, "queue_oldest_failed_job_age_seconds");
        value(library, 1, "queue_oldest_waiting_job_exact");
        await().untilAsserted(() ->
                assertThat(of(library, "queue_next_delayed_timestamp_seconds")).isPositive());
    }

    @Test
    void whatIsDueAndWasNotPromotedIsOverdue() {
        for (var library : List.of(JobLibrary.OBAN, JobLibrary.RIVER)) {
            jobs(library, 1, "retry");
            value(library, 1, "queue_delayed_overdue_jobs");
            age(library, 20, "queue_delayed_overdue_seconds");
        }
        value(JobLibrary.SOLID_QUEUE, 0, "queue_delayed_overdue_jobs");
        assertThat(of(JobLibrary.DELAYED_JOB, "queue_delayed_overdue_jobs")).isNaN();
        jobs(JobLibrary.SOLID_QUEUE, 1, "blocked");
        jobs(JobLibrary.RIVER, 1, "pending");
    }

    @Test
    void workersAreCountedThatLive() {
        for (var library : List.of(JobLibrary.GOOD_JOB, JobLibrary.PROCRASTINATE, JobLibrary.SOLID_QUEUE)) {
            libraries.awaitValue(1, "(all)", "queue_workers", "layout", library.toString());
        }
    }

    @Test
    void workIsWhatWaitsIsDueOrIsWorkedOn() {
        await().untilAsserted(() -> {
            assertThat(libraries.watched().value("ha_backlog_items", "name", "oban:mails"))
                    .hasValue(4);
            assertThat(libraries.watched().value("ha_backlog_items", "name", "delayed_job:mails"))
                    .hasValue(3);
            assertThat(libraries.watched().value("ha_backlog_items", "name", "delayed_job:(none)"))
                    .hasValue(1);
        });
    }

    @Test
    void thePageIsAsDeclared() throws IOException, InterruptedException {
        jobs(JobLibrary.SOLID_QUEUE, 1, "failed");
        var page = new ExposedPage(libraries.watched().page(), new QueuesExporter());
        page.isDeclared("jobs");
        page.isLinted();
        assertThat(libraries.notes(lab.primary().name())).isEmpty();
    }

    private static void jobs(JobLibrary library, int jobs, String state) {
        libraries.awaitValue(jobs, "mails", "queue_jobs", "state", state, "layout", library.toString());
    }

    private static void value(JobLibrary library, double value, String family) {
        libraries.awaitValue(value, "mails", family, "layout", library.toString());
    }

    private static void age(JobLibrary library, int seconds, String family) {
        await().untilAsserted(() -> {
            double age = (System.currentTimeMillis() - filled) / 1000.0 + seconds;
            assertThat(of(library, family)).as(library + " " + family).isBetween(age - 3, age + 0.5);
        });
    }

    private static double of(JobLibrary library, String family) {
        return libraries.of("mails", family, "layout", library.toString());
    }

    @Test
    void workersThatSkipLocksAreSeen() throws Exception {
        execute("CREATE SCHEMA app");
        execute(
                "CREATE TABLE app.work (id bigserial PRIMARY KEY, kind text, status text DEFAULT 'new',"
                        + " created_at timestamp DEFAULT (now() AT TIME ZONE 'Asia/Tokyo'), run_at timestamp, started timestamptz, ended timestamptz)");
        execute("GRANT USAGE ON SCHEMA app TO highwater; GRANT SELECT ON app.work TO highwater");
        execute(
                "INSERT INTO app.work (kind, run_at) SELECT 'mails', now() AT TIME ZONE 'Asia/Tokyo' FROM generate_series(1, 20)");
        execute(
                "INSERT INTO app.work (kind, run_at) VALUES ('mails', now() AT TIME ZONE 'Asia/Tokyo' + interval '1 h'),"
                        + " ('ignored', NULL)");
        try (var watched = watch(Map.of("app", described()));
                var one = lab.primary().connection();
                var other = lab.primary().connection()) {
            watched.awaitJobs(20, "app:mails", "waiting");
            watched.awaitJobs(1, "app:mails", "delayed");
            watched.awaitAge(System.currentTimeMillis(), "app:mails", "queue_oldest_waiting_job_age_seconds");
            var taken = new ArrayList<Long>(List.of(take(one), take(other)));
            watched.awaitJobs(18, "app:mails", "waiting");
            watched.awaitJobs(2, "app:mails", "active");
            watched.awaitValue(0, "app:mails", "queue_jobs", "state", "failed");
            assertThat(watched.of("app:mails", "queue_oldest_active_job_age_seconds"))
                    .isBetween(0.0, 30.0);
            for (var job = take(one); job > 0; job = take(one)) {
                taken.add(job);
            }
            execute("UPDATE app.work SET status = 'dead', ended = now() WHERE id = " + taken.getFirst());
            execute("UPDATE app.work SET status = 'done', ended = now() WHERE status = 'running'");
            watched.awaitJobs(0, "app:mails", "waiting");
            watched.awaitJobs(0, "app:mails", "active");
            watched.awaitJobs(1, "app:mails", "failed");
            watched.awaitValue(0, "app:mails", "queue_oldest_waiting_job_age_seconds");
            assertThat(taken).hasSize(20);
            assertThat(watched.of("app:ignored", "queue_jobs", "state", "waiting"))
                    .isNaN();
            execute("DELETE FROM app.work");
            watched.awaitJobs(0, "app:mails", "failed");
        }
    }

    private static JobTable described() {
        return new JobTable(
                Optional.empty(),
                Optional.empty(),
                Optional.of("app.work"),
                Optional.of("kind"),
                Optional.of("status"),
                List.of("new", "again"),
                List.of("running"),
                List.of(),
                List.of("dead"),
                Optional.of("run_at"),
                Optional.empty(),
                Optional.of("started"),
                Optional.of("ended"),
                List.of("*"),
                "Asia/Tokyo",
                100);
    }

    /** The job that a worker took, in one transaction; 0 when there is none. */
    private static long take(Connection worker) throws SQLException {
        try (var statement = worker.createStatement();
                var row = statement.executeQuery("UPDATE app.work SET status = 'running', started = now() WHERE id ="
                        + " (SELECT id FROM app.work WHERE kind = 'mails' AND status = 'new'"
                        + " AND run_at <= now() AT TIME ZONE 'Asia/Tokyo' ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1)"
                        + " RETURNING id")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Test
    void beyondTheCapTheOldestIsKnownAndNotHowMany() {
        execute(
                "CREATE TABLE many AS SELECT now() - i * interval '10 s' AS created_at FROM generate_series(1, 5) AS i");
        execute("GRANT SELECT ON many TO highwater");
        try (var watched =
                watch(Map.of("many", WatchedJobTables.plain("many", 3), "all", WatchedJobTables.plain("many", 5)))) {
            watched.awaitJobs(5, "all", "waiting");
            watched.awaitValue(1, "many", "queue_oldest_waiting_job_exact");
            assertThat(watched.of("many", "queue_oldest_waiting_job_age_seconds"))
                    .isGreaterThanOrEqualTo(50);
            assertThat(watched.of("many", "queue_jobs", "state", "waiting")).isNaN();
            assertThat(watched.watched().value("ha_backlog_items", "name", "table:all"))
                    .hasValue(5);
            assertThat(watched.watched().value("ha_backlog_items", "name", "table:many"))
                    .isEmpty();
        }
    }

    @Test
    void aLargeTableWithoutAnIndexIsFound() {
        execute(
                "CREATE TABLE large AS SELECT CASE WHEN i > 60000 THEN 'new' ELSE 'done' END AS status, now() AS created_at,"
                        + " repeat('x', 300) AS payload FROM generate_series(1, 60005) AS i");
        execute("ANALYZE large; GRANT SELECT ON large TO highwater");
        var table = WatchedJobTables.states("large", Optional.of("status"), List.of("new"), Optional.empty(), 100);
        try (var watched = watch(Map.of("large", table))) {
            watched.awaitJobs(5, "large", "waiting");
            assertThat(finding(watched)).isOne();
            await().untilAsserted(() -> assertThat(watched.watched()
                            .outcome(lab.primary().name(), "apart")
                            .toString())
                    .contains("queues large (waiting): no index serves", "docs/backends/queues.md"));
            execute("CREATE INDEX ON large (created_at) WHERE status = 'new'");
            await().until(() -> finding(watched) == 0);
            execute("UPDATE large SET status = 'done' WHERE status = 'new'");
            watched.awaitJobs(0, "large", "waiting");
        }
    }

    private static double finding(WatchedQueues watched) {
        return watched.watched()
                .value("ha_config_finding", "check", "queue_table_without_index", "name", "large/waiting")
                .orElse(Double.NaN);
    }

    @Test
    void whatCannotBeReadIsSaidAndTheOthersGoOn() {
        execute("CREATE TABLE secret (created_at timestamptz); CREATE TABLE open (created_at timestamptz)");
        execute("GRANT SELECT ON open TO highwater");
        var tables = Map.of(
                "open", WatchedJobTables.plain("open", 10),
                "secret", WatchedJobTables.plain("secret", 10),
                "missing", WatchedJobTables.plain("missing", 10));
        try (var watched = watch(tables)) {
            watched.awaitJobs(0, "open", "waiting");
            await().untilAsserted(() -> assertThat(watched.watched()
                            .outcome(lab.primary().name(), "apart")
                            .toString())
                    .contains("there is no table missing", "GRANT SELECT ON secret TO highwater"));
            assertThat(watched.watched().lines("queue_jobs", "queue", "secret")).isEmpty();
        }
    }

    @Test
    void oneComponentHasQueuesInRedisAndInPostgres() {
        execute("CREATE TABLE beside (created_at timestamptz); INSERT INTO beside VALUES (now())");
        execute("GRANT SELECT ON beside TO highwater");
        try (var set = RedisSet.plan().start()) {
            set.master().command("LPUSH", "mails", "one", "two");
            var redis = new RedisServers(
                    Map.of("redis-1", new Address(set.master().address())),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            var settings = WatchedJobTables.settings(
                    Optional.of(redis),
                    List.of("mails"),
                    Map.of("beside", WatchedJobTables.plain("beside", 10)),
                    lab.primary());
            try (var watched = WatchedQueues.of(settings)) {
                watched.awaitJobs(2, "mails", "waiting");
                watched.awaitJobs(1, "beside", "waiting");
                watched.awaitValue(1, "beside", "queue_jobs", "backend", "postgres");
                await().until(() -> watched.watched().page().contains("queue_watched{cluster=\"jobs\"} 2"));
            }
        }
    }
}
