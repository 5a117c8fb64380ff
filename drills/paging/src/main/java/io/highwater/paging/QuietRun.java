// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import io.highwater.core.Level;
import io.highwater.rules.AlertmanagerConfig.Receiver;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All stacks with their work on them, and nothing wrong: nobody is to be told of anything. */
final class QuietRun {

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Level level;
    private final Duration time;

    /** The middle and the largest of some numbers. */
    private record DoubleSummary(double median, double most, int count) {
        static DoubleSummary of(List<Double> numbers) {
            var sorted = numbers.stream().sorted().toList();
            return new DoubleSummary(sorted.get(sorted.size() / 2), sorted.getLast(), sorted.size());
        }
    }

    QuietRun(Level level, Duration time) {
        this.level = level;
        this.time = time;
    }

    /**
     * What people were told.
     *
     * @param pages names of critical alerts
     * @param tickets names of warnings
     * @param targets that the agent watched
     * @param series that it exposed at the end
     * @param ruleSeconds how long Prometheus took for all rules, the median and the longest
     */
    record Result(
            Level level,
            Duration time,
            List<String> pages,
            List<String> tickets,
            long targets,
            long series,
            DoubleSummary ruleSeconds) {

        boolean quiet() {
            return pages.isEmpty() && tickets.isEmpty();
        }

        /** For the page of alerts. */
        String sentence() {
            return """
                ### Nothing wrong at %2$s

                Healthy servers under load for %1$s: %3$s, %4$s. Watched were a Postgres primary with two standbys, a
                client that writes and an outbox; three NATS servers, a publisher and a consumer; a Redis master with a replica and a BullMQ
                queue at work; a Redis master with two replicas and three Sentinels; four MinIO servers, an S3 store and a web service with
                probes: %5$d targets, %6$d series. Prometheus took %7$.1f ms for all rules (median of %8$d looks, %9$.1f ms at most). Run on %10$s.
                """.formatted(
                            time.toMinutes() + " min",
                            level,
                            pages.isEmpty() ? "no page" : "**pages: " + String.join(", ", pages) + "**",
                            tickets.isEmpty() ? "no ticket" : "tickets: " + String.join(", ", tickets),
                            targets,
                            series,
                            ruleSeconds.median() * 1e3,
                            ruleSeconds.count(),
                            ruleSeconds.most() * 1e3,
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
            stacks.put("quiet-minio", new MinioStack());
            stacks.put("quiet-store", new StoreStack());
            stacks.put("quiet-web", new WebStack());
            stacks.forEach(monitoring::watch);
            var ruleSeconds = new ArrayList<Double>();
            for (var end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; ) {
                Thread.sleep(LOOK);
                ruleSeconds.add(monitoring.ruleSeconds());
            }
            return new Result(
                    level,
                    time,
                    told(monitoring, Receiver.PAGES, stacks),
                    told(monitoring, Receiver.TICKETS, stacks),
                    sum(monitoring, "count(highwater_target_up)"),
                    sum(monitoring, "scrape_samples_scraped"),
                    DoubleSummary.of(ruleSeconds));
        } finally {
            stacks.values().forEach(Stack::close);
        }
    }

    private static long sum(Monitoring monitoring, String query) {
        return Math.round(
                monitoring.query(query).stream().mapToDouble(one -> one.value()).sum());
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
