// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import io.highwater.core.Level;
import io.highwater.rules.AlertmanagerConfig.Receiver;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All stacks with their work on them, and nothing wrong: nobody is to be told of anything. */
final class QuietRun {

    private final Level level;
    private final Duration time;

    QuietRun(Level level, Duration time) {
        this.level = level;
        this.time = time;
    }

    /**
     * What people were told.
     *
     * @param pages names of critical alerts
     * @param tickets names of warnings
     * @param series that the agent exposed at the end
     */
    record Result(Level level, Duration time, List<String> pages, List<String> tickets, long series) {

        boolean quiet() {
            return pages.isEmpty() && tickets.isEmpty();
        }

        /** For the page of alerts. */
        String sentence() {
            return """
                ### Nothing wrong at %2$s

                Healthy servers under load for %1$s: %3$s, %4$s. Watched were a Postgres primary with two standbys, a
                client that writes and an outbox; three NATS servers, a publisher and a consumer; a Redis master with a replica and a BullMQ
                queue at work; a Redis master with two replicas and three Sentinels; %5$d series in all. Run on %6$s.
                """.formatted(
                            time.toMinutes() + " min",
                            level,
                            pages.isEmpty() ? "no page" : "**pages: " + String.join(", ", pages) + "**",
                            tickets.isEmpty() ? "no ticket" : "tickets: " + String.join(", ", tickets),
                            series,
                            LocalDate.now(ZoneOffset.UTC));
        }
    }

    Result make() throws InterruptedException {
        var stacks = new LinkedHashMap<String, Stack>();
        try (var monitoring = Monitoring.start(level)) {
            monitoring.startAgent();
            stacks.put("quiet-postgres", new PostgresStack());
            stacks.put("quiet-nats", new NatsStack());
            stacks.put("quiet-queue", new QueueStack());
            stacks.put("quiet-redis", new SentinelStack());
            stacks.forEach(monitoring::watch);
            Thread.sleep(time);
            return new Result(
                    level,
                    time,
                    told(monitoring, Receiver.PAGES, stacks),
                    told(monitoring, Receiver.TICKETS, stacks),
                    Math.round(monitoring.query("scrape_samples_scraped").stream()
                            .mapToDouble(one -> one.value())
                            .sum()));
        } finally {
            stacks.values().forEach(Stack::close);
        }
    }

    /** Of each cluster, and of what belongs to none. */
    private static List<String> told(Monitoring monitoring, Receiver receiver, Map<String, Stack> stacks) {
        var clusters = new TreeSet<>(stacks.keySet());
        clusters.add("");
        return clusters.stream()
                .flatMap(cluster -> monitoring.told(receiver, cluster).stream())
                .flatMap(one -> one.firing().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
