// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.OfComponent;
import io.highwater.exporters.client.postgres.PostgresServers;
import io.highwater.exporters.client.redis.RedisServers;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the configuration says of BullMQ's queues, under {@code clusters.<name>.bullmq}. */
public record BullMqSettings(
        @OfComponent("redis") @Doc("the servers that hold the queues, replicas included: the master is read")
        Optional<RedisServers> redis,

        @OfComponent("postgres") @Doc("in place of that, for BullMQ 6 on Postgres: its servers, standbys included")
        Optional<PostgresServers> postgres,

        @Doc("the database with the queues' tables; the connection's own when left out")
        Optional<String> database,

        @Doc("the schema that the queues' tables are in") @Default("bullmq")
        String schema,

        @Doc("the prefixes of the queues' keys; in Redis Cluster with their braces") @Default("['bull']")
        List<String> prefixes,

        @Doc(
                "the queues that are watched; * stands for any text. Names without * are watched even before they have keys")
        @Default("['*']")
        List<String> queues,

        @Doc("of those, the queues that are not") @Default("[]")
        List<String> ignore,

        @Doc("how many queues are watched at most on one server; what is above is counted") @Default("1000")
        int maxQueues,

        @Doc(
                "how many waiting jobs of a queue are looked at one by one for the oldest; above it, the ends and each priority")
        @Default("1000")
        int exactJobs,

        @Doc(
                "whether the streams of events are read, for counters, histograms and rates; return values pass by with them")
        @Default("true")
        boolean events,

        @Doc(
                "queues whose first event after a silence is collected at once, not at the next interval; * stands for any text")
        @Default("[]")
        List<String> wake) {

    public BullMqSettings {
        if (redis.isPresent() == postgres.isPresent()) {
            throw new IllegalArgumentException(
                    "redis: write where the queues are: redis: or postgres:, one of them, with nodes: below it");
        }
        if (prefixes.isEmpty()) {
            throw new IllegalArgumentException("prefixes: name at least one, such as bull");
        }
        if (queues.isEmpty()) {
            throw new IllegalArgumentException("queues: name at least one, or leave the key out for all");
        }
        if (!wake.isEmpty() && (!events || redis.isEmpty())) {
            throw new IllegalArgumentException("wake: needs events: true, and queues in Redis");
        }
        if (maxQueues < 1 || maxQueues > 10_000) {
            throw new IllegalArgumentException("maxQueues: write 1 to 10000");
        }
        if (exactJobs < 50 || exactJobs > 10_000) {
            throw new IllegalArgumentException("exactJobs: write 50 to 10000");
        }
    }

    /** The names that stand for themselves. */
    static List<String> literal(List<String> queues) {
        return queues.stream().filter(name -> !name.contains("*")).toList();
    }

    Collection<String> nodes() {
        return redis.map(servers -> servers.nodes().keySet())
                .orElseGet(() -> postgres.orElseThrow().nodes().keySet());
    }
}
