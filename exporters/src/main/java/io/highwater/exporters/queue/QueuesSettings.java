// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.OfComponent;
import io.highwater.exporters.client.postgres.PostgresServers;
import io.highwater.exporters.client.redis.RedisServers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the configuration says of queues that are not BullMQ's, under {@code clusters.<name>.queues}. */
public record QueuesSettings(
        @OfComponent("redis") @Doc("the servers that hold the queues, replicas included: the master is read")
        Optional<RedisServers> redis,

        @OfComponent("postgres") @Doc("the servers that hold the tables, standbys included: the primary is read")
        Optional<PostgresServers> postgres,

        @Doc("the database with the tables; the connection's own when left out")
        Optional<String> database,

        @Doc("queues of Bull 3 and 4") Optional<Bull> bull,

        @Doc("queues of Celery, or of Kombu") Optional<Celery> celery,

        @Doc("queues of RQ") Optional<Rq> rq,

        @Doc("queues of Sidekiq") Optional<Sidekiq> sidekiq,

        @Doc("lists that are queues") @Default("[]") List<Elements> lists,

        @Doc("streams; each consumer group of them is a queue") @Default("[]")
        List<Stream> streams,

        @Doc("sorted sets whose members are due at their score") @Default("[]")
        List<Scheduler> schedulers,

        @Doc("tables of jobs in Postgres, by the names that their queues have in labels") @Default("{}")
        Map<String, JobTable> tables,

        @Doc("the queues, as they are shown, that are not watched; * stands for any text") @Default("[]")
        List<String> ignore,

        @Doc("how many queues are watched at most on one server; what is above is counted") @Default("1000")
        int maxQueues) {

    /** What is no queue, but of all queues of one library together. */
    static final String TOGETHER = "(all)";

    public QueuesSettings {
        boolean inRedis =
                List.<Optional<?>>of(bull, celery, rq, sidekiq).stream().anyMatch(Optional::isPresent)
                        || List.<List<?>>of(lists, streams, schedulers).stream().anyMatch(of -> !of.isEmpty());
        if (!inRedis && tables.isEmpty()) {
            throw new IllegalArgumentException(
                    "says of no queues: write one of bull, celery, rq, sidekiq, lists, streams, schedulers, tables");
        }
        if (inRedis && redis.isEmpty()) {
            throw new IllegalArgumentException(
                    "redis: write where the queues are: redis: redis for this cluster's servers, or nodes: below it");
        }
        if (!tables.isEmpty() && postgres.isEmpty()) {
            throw new IllegalArgumentException(
                    "postgres: write where the tables are: postgres: postgres for this cluster's servers, or nodes: below it");
        }
        if (tables.containsKey("")) {
            throw new IllegalArgumentException("tables: a table's name is not empty");
        }
        // The cluster's own servers of a kind of which there are no queues are none of these.
        redis = inRedis ? redis : Optional.empty();
        postgres = tables.isEmpty() ? Optional.empty() : postgres;
        for (var node : nodes(postgres.map(PostgresServers::nodes))) {
            if (nodes(redis.map(RedisServers::nodes)).contains(node)) {
                throw new IllegalArgumentException("postgres: " + node
                        + " is a node of redis, too; give one of them another name, in nodes: below postgres or redis");
            }
        }
        if (maxQueues < 1 || maxQueues > 10_000) {
            throw new IllegalArgumentException("maxQueues: write 1 to 10000");
        }
    }

    private static Set<String> nodes(Optional<? extends Map<String, ?>> of) {
        return of.<Set<String>>map(Map::keySet).orElse(Set.of());
    }

    /** Those of Redis and those of Postgres. */
    Set<String> nodes() {
        var nodes = new LinkedHashSet<>(nodes(redis.map(RedisServers::nodes)));
        nodes.addAll(nodes(postgres.map(PostgresServers::nodes)));
        return nodes;
    }

    /** Queues of Bull. */
    public record Bull(
            @Doc("the prefixes of the queues' keys") @Default("['bull']")
            List<String> prefixes,

            @Doc(
                    "the queues that are watched; * stands for any text. Those without * are watched even before they have keys")
            @Default("['*']")
            List<String> queues) {
        public Bull {
            check("prefixes", prefixes, "such as bull");
            check("queues", queues, "or leave the key out for all");
        }
    }

    /** Queues of Celery. */
    public record Celery(
            @Doc("what Celery's setting global_keyprefix says, for each Celery in these servers") @Default("['']")
            List<String> prefixes,

            @Doc(
                    "the queues that are watched; * stands for any text. Those without * are watched even before a worker was there")
            @Default("['*']")
            List<String> queues,

            @Doc("what Celery's setting priority_steps says") @Default("[0, 3, 6, 9]")
            List<Integer> prioritySteps,

            @Doc("what Celery's setting sep says") @Default("\"\\x06\\x16\"")
            String separator,

            @Doc(
                    "where a message has the time at which it was sent, such as headers.sent_at; Celery itself writes none")
            Optional<String> timestampField) {
        public Celery {
            check("prefixes", prefixes, "or leave the key out when there is none");
            check("queues", queues, "or leave the key out for all");
            check("prioritySteps", prioritySteps, "such as 0");
            if (separator.isEmpty()) {
                throw new IllegalArgumentException("separator: must not be empty");
            }
            checkField(timestampField);
        }

        List<String> timePath() {
            return path(timestampField);
        }
    }

    /** Queues of RQ. */
    public record Rq(
            @Doc("what RQ_KEY_PREFIX says, for each RQ in these servers") @Default("['rq']")
            List<String> prefixes,

            @Doc(
                    "the queues that are watched; * stands for any text. Those without * are watched even before they have jobs")
            @Default("['*']")
            List<String> queues) {
        public Rq {
            check("prefixes", prefixes, "such as rq");
            check("queues", queues, "or leave the key out for all");
        }
    }

    /** Queues of Sidekiq. */
    public record Sidekiq(
            @Doc("the namespace of each Sidekiq in these servers, '' for none") @Default("['']")
            List<String> namespaces,

            @Doc(
                    "the queues that are watched; * stands for any text. Those without * are watched even before they have jobs")
            @Default("['*']")
            List<String> queues) {
        public Sidekiq {
            check("namespaces", namespaces, "or leave the key out when there is none");
            check("queues", queues, "or leave the key out for all");
        }
    }

    /** Keys that are queues by themselves. */
    interface Keys {
        List<String> keys();
    }

    /** Which end of a list. */
    public enum End {
        LEFT,
        RIGHT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Lists. */
    public record Elements(
            @Doc("the lists' keys; * stands for any text. Those without * are watched even while they are empty")
            List<String> keys,

            @Doc("the end that is taken from: right, as by BRPOP, or left, as by BLPOP") @Default("right")
            End taken,

            @Doc(
                    "where an element, which is JSON then, has the time at which it was put in: a key, or keys with dots between")
            Optional<String> timestampField)
            implements Keys {
        public Elements {
            check("keys", keys, "such as mails");
            checkField(timestampField);
        }

        List<String> timePath() {
            return path(timestampField);
        }
    }

    /** Streams. */
    public record Stream(
            @Doc("the streams' keys; * stands for any text") List<String> keys,

            @Doc("the consumer groups that are watched; * stands for any text") @Default("['*']")
            List<String> groups)
            implements Keys {
        public Stream {
            check("keys", keys, "such as orders");
            check("groups", groups, "or leave the key out for all");
        }
    }

    /** What a score counts. */
    public enum Unit {
        SECONDS(1),
        MILLISECONDS(1000);

        private final double perSecond;

        Unit(double perSecond) {
            this.perSecond = perSecond;
        }

        double perSecond() {
            return perSecond;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Sorted sets. */
    public record Scheduler(
            @Doc("the sorted sets' keys; * stands for any text. Those without * are watched even while they are empty")
            List<String> keys,

            @Doc("what the scores count, since 1970: seconds or milliseconds") @Default("seconds")
            Unit unit)
            implements Keys {
        public Scheduler {
            check("keys", keys, "such as reminders");
        }
    }

    private static void check(String key, List<?> values, String hint) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(key + ": name at least one, " + hint);
        }
    }

    private static void checkField(Optional<String> field) {
        if (path(field).contains("")) {
            throw new IllegalArgumentException(
                    "timestampField: write a key, or keys with a dot between two, such as meta.at");
        }
    }

    private static List<String> path(Optional<String> field) {
        return field.map(dotted -> List.of(dotted.split("\\.", -1))).orElse(List.of());
    }

    /** The names that stand for themselves. */
    static java.util.stream.Stream<String> literal(List<String> names) {
        return names.stream().filter(name -> !name.contains("*"));
    }
}
