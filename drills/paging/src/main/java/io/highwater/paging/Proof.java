// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import io.highwater.core.Level;
import io.highwater.rules.AlertmanagerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All drills, at one level: those of different stacks at the same time. */
final class Proof {

    private final Level level;
    private final Predicate<Drill<?>> wanted;
    private final boolean hasty;
    private final Consumer<String> progress;

    /** @param hasty whether nobody waits for the end of what fires */
    Proof(Level level, Predicate<Drill<?>> wanted, boolean hasty, Consumer<String> progress) {
        this.level = level;
        this.wanted = wanted;
        this.hasty = hasty;
        this.progress = progress;
    }

    /** All that there are, in the order of the table. */
    static List<Drill<?>> drills() {
        return Stream.<List<? extends Drill<?>>>of(
                        PostgresDrills.ALL,
                        NatsDrills.ALL,
                        QueueDrills.ALL,
                        SentinelDrills.ALL,
                        MinioDrills.ALL,
                        MinioDrills.OF_CLIENTS,
                        WebDrills.ALL,
                        List.of(AgentDrills.DOWN))
                .<Drill<?>>flatMap(List::stream)
                .toList();
    }

    /** Takes as long as the longest lane: at level 3 some twenty minutes for all. */
    List<Outcome> make() throws InterruptedException, ExecutionException {
        try (var monitoring = Monitoring.start(level)) {
            monitoring.startAgent();
            var attempts = new ArrayList<Attempt>();
            try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
                var running = new ArrayList<Future<List<Attempt>>>();
                running.add(lanes.submit(lane(monitoring, PostgresStack::new, PostgresDrills.ALL)));
                running.add(lanes.submit(lane(monitoring, NatsStack::new, NatsDrills.ALL)));
                running.add(lanes.submit(lane(monitoring, QueueStack::new, QueueDrills.ALL)));
                running.add(lanes.submit(lane(monitoring, SentinelStack::new, SentinelDrills.ALL)));
                running.add(lanes.submit(lane(monitoring, MinioStack::new, MinioDrills.ALL)));
                running.add(lanes.submit(lane(monitoring, StoreStack::new, MinioDrills.OF_CLIENTS)));
                running.add(lanes.submit(lane(monitoring, WebStack::new, WebDrills.ALL)));
                for (var lane : running) {
                    attempts.addAll(lane.get());
                }
            }
            if (wanted.test(AgentDrills.DOWN)) { // alone: it explains everything
                attempts.add(new Lane<>(monitoring, monitoring, hasty).run(AgentDrills.DOWN, ""));
                report(attempts.getLast());
            }
            awaitWords(attempts);
            return attempts.stream().map(Attempt::outcome).toList();
        }
    }

    private <S extends Stack> Callable<List<Attempt>> lane(
            Monitoring monitoring, Supplier<S> start, List<Drill<S>> drills) {
        return () -> {
            var mine = drills.stream().filter(wanted).toList();
            if (mine.isEmpty()) {
                return List.of();
            }
            try (var stack = start.get()) {
                var lane = new Lane<>(monitoring, stack, hasty);
                var attempts = new ArrayList<Attempt>();
                for (var drill : mine) {
                    attempts.add(Lane.watched(lane, drill));
                    report(attempts.getLast());
                }
                return attempts;
            } catch (RuntimeException e) {
                progress.accept("FAILED: " + e); // now, not when the other lanes have ended
                throw e;
            }
        };
    }

    private void report(Attempt attempt) {
        var so = attempt.outcome();
        progress.accept(
                "%s %s: pages %s after %s, bound %s; tickets %s, inhibited %s, infos %s, outlived %s; cleared after %s"
                        .formatted(
                                so.asExpected() ? "ok " : "NOT",
                                so.drill().name(),
                                so.pages(),
                                so.toPage().map(Report::seconds).orElse("-"),
                                Report.seconds(Timing.bound(so.drill(), level)),
                                so.tickets(),
                                so.inhibited(),
                                so.infos(),
                                so.outlived(),
                                so.cleared().map(Report::seconds).orElse("-")));
    }

    /** Alertmanager tells of the end with the next page of the group, which is minutes later. */
    private static void awaitWords(List<Attempt> attempts) throws InterruptedException {
        var deadline = System.nanoTime()
                + AlertmanagerConfig.PAGES_INTERVAL.plus(Duration.ofMinutes(1)).toNanos();
        while (!attempts.stream().allMatch(Attempt::isOver) && System.nanoTime() < deadline) {
            Thread.sleep(Duration.ofSeconds(1));
        }
    }
}
