// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static io.highwater.core.Specimens.COMMITS;
import static io.highwater.core.Specimens.SIZE;
import static io.highwater.core.Specimens.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.CollectionObserver.Skip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class CollectionLoopTest {

    private static final Schedule QUICK = Schedule.of(Duration.ofMillis(50), Duration.ofMillis(50));
    private static final Schedule SELDOM = Schedule.of(Duration.ofHours(1), Duration.ofSeconds(20));

    private final RecordedCollections recorded = new RecordedCollections();
    private final List<Snapshot> published = new CopyOnWriteArrayList<>();
    private final List<CollectionLoop> loops = new ArrayList<>();

    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final Thread.@Nullable UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();

    @BeforeEach
    void keepFaults() {
        Thread.setDefaultUncaughtExceptionHandler((_, fault) -> faults.add(fault));
    }

    @AfterEach
    void closeLoops() {
        loops.forEach(CollectionLoop::close);
        Thread.setDefaultUncaughtExceptionHandler(usual);
    }

    private CollectionLoop loop(Schedule schedule, Collector collector) {
        return loop(schedule, collector, recorded);
    }

    private CollectionLoop loop(Schedule schedule, Collector collector, CollectionObserver observer) {
        var loop = new CollectionLoop(slot("db-1", "sizes", schedule), collector, published::add, observer);
        loops.add(loop);
        return loop;
    }

    private CollectionLoop started(Schedule schedule, Collector collector) {
        var loop = loop(schedule, collector);
        loop.start();
        return loop;
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5));
    }

    private Snapshot first() {
        await().until(() -> !published.isEmpty());
        return published.getFirst();
    }

    private List<String> outcomes() {
        return published.stream().map(snapshot -> snapshot.outcome().label()).toList();
    }

    /** Hangs, deaf to interrupts, until it is let go. */
    private static final class Deaf implements Collector {
        final CountDownLatch letGo = new CountDownLatch(1);
        final AtomicInteger started = new AtomicInteger();
        final AtomicInteger aborts = new AtomicInteger();

        @Override
        public void collect(Samples out) {
            int run = started.incrementAndGet();
            while (letGo.getCount() > 0) {
                try {
                    letGo.await();
                } catch (InterruptedException e) {
                    // Deaf.
                }
            }
            out.add(COMMITS, run);
        }

        @Override
        public void abort() {
            aborts.incrementAndGet();
        }
    }

    // ---- turns ------------------------------------------------------------------------------------------------

    @Test
    void theFirstCollectionIsAtOnce() {
        started(SELDOM, out -> out.add(COMMITS, 1));

        assertThat(first().lines()).hasSize(1);
    }

    @Test
    void theIntervalIsFromStartToStartHoweverLongACollectionTakes() {
        var interval = Duration.ofMillis(100);
        started(Schedule.of(interval, interval), _ -> TimeUnit.MILLISECONDS.sleep(40));

        // Some six turns in a row that the machine let be on time; with pauses of an interval they would take 840 ms.
        await().until(() -> IntStream.range(0, published.size() - 6).anyMatch(i -> {
            long took = published.get(i + 6).startedNanos() - published.get(i).startedNanos();
            return Math.abs(Duration.ofNanos(took)
                            .minus(interval.multipliedBy(6))
                            .toMillis())
                    < 60;
        }));
    }

    @Test
    void aSnapshotSaysWhoWhatAndHowLong() {
        started(SELDOM, out -> {
            TimeUnit.MILLISECONDS.sleep(20);
            out.add(SIZE, 5, "shop");
        });

        assertThat(first().target()).isEqualTo(Specimens.target("db-1"));
        assertThat(first().collector()).isEqualTo("sizes");
        assertThat(first().took()).isBetween(Duration.ofMillis(20), Duration.ofSeconds(20));
        assertThat(first().lines())
                .hasToString("[db_size_bytes{cluster=\"orders\",node=\"db-1\",datname=\"shop\"} 5\n]");
    }

    @Test
    void theObserverIsToldBeforeTheSnapshotIsPublished() {
        var toldFirst = new CopyOnWriteArrayList<Boolean>();
        var loop = loop(QUICK, out -> out.add(COMMITS, 1), new CollectionObserver() {
            @Override
            public void collected(Slot slot, Snapshot snapshot) {
                toldFirst.add(!published.contains(snapshot));
            }

            @Override
            public void skipped(Slot slot, Skip why) {}
        });
        loop.start();
        await().until(() -> toldFirst.size() >= 3);

        assertThat(toldFirst).doesNotContain(false);
    }

    @Test
    void turnsThatPassDuringALongCollectionAreCounted() {
        var once = new AtomicBoolean();
        started(Schedule.of(Duration.ofMillis(50), Duration.ofSeconds(20)), _ -> {
            if (once.compareAndSet(false, true)) {
                TimeUnit.MILLISECONDS.sleep(300);
            }
        });
        await().until(() -> published.size() >= 2);

        assertThat(recorded.skipped(Skip.OVERRUN)).isGreaterThanOrEqualTo(5);
        assertThat(outcomes()).containsOnly("collected");
    }

    // ---- deadlines --------------------------------------------------------------------------------------------

    @Test
    void atItsDeadlineACollectionFailsAtOnceThoughItDoesNotEnd() {
        var deaf = new Deaf();
        started(QUICK, deaf);

        assertThat(first().outcome()).isEqualTo(new Outcome.Failed(Reason.TIMEOUT, "no end within 50 ms"));
        assertThat(first().lines()).isEmpty();
        assertThat(deaf.letGo.getCount()).isEqualTo(1);
    }

    @Test
    void whileOneIsInFlightNoOtherStartsAndItsTurnsAreCountedAndItIsCutAgain() {
        var deaf = new Deaf();
        started(QUICK, deaf);

        await().until(() -> recorded.skipped(Skip.OVERRUN) >= 3 && deaf.aborts.get() >= 3);

        assertThat(deaf.started).hasValue(1);
        assertThat(published).hasSize(1);
    }

    @Test
    void whatEndsTooLateIsDiscardedAndTheNextCollectionIsPublished() {
        var deaf = new Deaf();
        started(QUICK, deaf);
        await().until(() -> recorded.skipped(Skip.OVERRUN) >= 1);
        deaf.letGo.countDown();

        await().until(() -> outcomes().contains("collected"));

        assertThat(outcomes().getFirst()).isEqualTo("timeout");
        assertThat(published.stream().map(snapshot -> snapshot.lines().toString()))
                .noneMatch(lines -> lines.endsWith("} 1\n]"));
    }

    @Test
    void aCollectionIsInterruptedAtItsDeadline() {
        var interrupted = new CountDownLatch(1);
        started(Schedule.of(Duration.ofHours(1), Duration.ofMillis(50)), _ -> {
            try {
                TimeUnit.HOURS.sleep(1);
            } finally {
                interrupted.countDown();
            }
        });

        assertThat(first().outcome().label()).isEqualTo("timeout");
        await().until(() -> interrupted.getCount() == 0);
    }

    @Test
    void anAbortThatFailsDoesNotEndTheLoop() {
        var deaf = new Deaf();
        started(QUICK, new Collector() {
            @Override
            public void collect(Samples out) {
                deaf.collect(out);
            }

            @Override
            public void abort() {
                deaf.abort();
                throw new IllegalStateException("abort failed");
            }
        });
        await().until(() -> deaf.aborts.get() >= 3);
        deaf.letGo.countDown();

        await().until(() -> outcomes().contains("collected"));
        assertThat(faults).first().asString().endsWith("abort failed");
    }

    @Test
    void anObserverThatThrowsNeitherKeepsASnapshotBackNorEndsTheLoop() {
        var loop = loop(QUICK, out -> out.add(COMMITS, 1), new CollectionObserver() {
            @Override
            public void collected(Slot slot, Snapshot snapshot) {
                throw new IllegalStateException("observer failed");
            }

            @Override
            public void skipped(Slot slot, Skip why) {}
        });
        loop.start();

        await().until(() -> published.size() >= 3);
        assertThat(faults).first().asString().endsWith("observer failed");
    }

    // ---- failures ---------------------------------------------------------------------------------------------

    @FunctionalInterface
    interface Failing {
        void fail() throws Exception;
    }

    record Failure(Failing failing, Reason reason, String message) {}

    static Stream<Failure> failures() {
        return Stream.of(
                new Failure(
                        () -> {
                            throw new CollectionException(Reason.REFUSED, "nobody listens");
                        },
                        Reason.REFUSED,
                        "nobody listens"),
                new Failure(
                        () -> {
                            throw new IllegalStateException("oops");
                        },
                        Reason.BUG,
                        "java.lang.IllegalStateException: oops"),
                new Failure(
                        () -> {
                            throw new OutOfMemoryError("thrown by a test");
                        },
                        Reason.BUG,
                        "java.lang.OutOfMemoryError: thrown by a test"),
                new Failure(
                        () -> {
                            throw new NoClassDefFoundError("Driver");
                        },
                        Reason.BUG,
                        "java.lang.NoClassDefFoundError: Driver"),
                new Failure(
                        () -> {
                            throw new AssertionError("never so");
                        },
                        Reason.BUG,
                        "java.lang.AssertionError: never so"),
                new Failure(
                        () -> {
                            throw new InterruptedException();
                        },
                        Reason.TIMEOUT,
                        "cut at its deadline"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatACollectorThrowsIsItsOutcomeAndNothingOfItIsPublished(Failure failure) {
        started(SELDOM, out -> {
            out.add(COMMITS, 1);
            failure.failing.fail();
        });

        assertThat(first().outcome()).isEqualTo(new Outcome.Failed(failure.reason, failure.message));
        assertThat(first().lines()).isEmpty();
        assertThat(first().fact()).isEmpty();
    }

    @Test
    void aSampleThatIsRefusedIsABugThatNamesTheFamily() {
        started(SELDOM, out -> out.add(COMMITS, Double.NaN));

        assertThat(first().outcome()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.BUG);
            assertThat(failed.message()).contains("db_commits_total");
        });
    }

    @Test
    void credentialsThatAreTurnedDownAreShownEverMoreSeldom() {
        var shown = new AtomicInteger();
        started(Schedule.of(Duration.ofMillis(10), Duration.ofSeconds(5)), _ -> {
            shown.incrementAndGet();
            throw new CollectionException(Reason.AUTH, "wrong password");
        });

        await().until(() -> recorded.skipped(Skip.BACKOFF) >= 40);

        // At turns 0, 1, 3, 7, 15, 31, 63.
        assertThat(shown).hasValueBetween(5, 8);
    }

    @Test
    void backingOffEndsWithTheRejection() {
        var shown = new AtomicInteger();
        started(Schedule.of(Duration.ofMillis(10), Duration.ofSeconds(5)), _ -> {
            if (shown.incrementAndGet() <= 3) {
                throw new CollectionException(Reason.AUTH, "wrong password");
            }
        });
        await().until(() -> outcomes().contains("collected"));
        long skipped = recorded.skipped(Skip.BACKOFF);
        int size = published.size();

        await().until(() -> published.size() >= size + 5);
        assertThat(recorded.skipped(Skip.BACKOFF)).isEqualTo(skipped).isEqualTo(1 + 3);
    }

    @Test
    void otherFailuresAreTriedAgainAtEveryTurn() {
        started(QUICK, _ -> {
            throw new CollectionException(Reason.REFUSED, "nobody listens");
        });
        await().until(() -> published.size() >= 5);

        assertThat(recorded.skipped(Skip.BACKOFF)).isZero();
    }

    // ---- probes -----------------------------------------------------------------------------------------------

    @Test
    void aProbeCollectsNowAndPublishesNothing() throws Exception {
        var loop = loop(SELDOM, out -> out.add(COMMITS, 7));

        var snapshot = loop.probe(Duration.ofSeconds(10));

        assertThat(snapshot.lines()).hasToString("[db_commits_total{cluster=\"orders\",node=\"db-1\"} 7\n]");
        assertThat(published).isEmpty();
        assertThat(recorded.of("sizes")).isEmpty();
    }

    @Test
    void aProbeBesideACollectionThatHangsIsAnOverrunWithinItsTimeout() throws Exception {
        var deaf = new Deaf();
        var loop = started(SELDOM, deaf);
        await().until(() -> deaf.started.get() == 1);

        long before = System.nanoTime();
        var snapshot = loop.probe(Duration.ofMillis(100));

        assertThat(snapshot.outcome().label()).isEqualTo("overrun");
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(100), Duration.ofSeconds(5));
        assertThat(deaf.started).hasValue(1);
        deaf.letGo.countDown();
    }

    @Test
    void aProbeWaitsForTheCollectionInFlight() throws Exception {
        var deaf = new Deaf();
        var loop = started(SELDOM, deaf);
        await().until(() -> deaf.started.get() == 1);
        var probe = inBackground(loop, Duration.ofSeconds(20));
        deaf.letGo.countDown();

        assertThat(probe.get(20, TimeUnit.SECONDS).lines().toString()).endsWith("} 2\n]");
    }

    @Test
    void aProbeEndsAtTheCollectorsOwnDeadlineToo() throws Exception {
        var deaf = new Deaf();
        var loop = loop(Schedule.of(Duration.ofHours(1), Duration.ofMillis(50)), deaf);

        var snapshot = loop.probe(Duration.ofMinutes(10));

        assertThat(snapshot.outcome().label()).isEqualTo("timeout");
        assertThat(deaf.aborts).hasValue(1);
        deaf.letGo.countDown();
    }

    @Test
    void aProbeInFlightIsNotCutAndDelaysATurnOnly() throws Exception {
        var inFlight = new Semaphore(0);
        var go = new CountDownLatch(1);
        var aborts = new AtomicInteger();
        var runs = new AtomicInteger();
        var loop = loop(Schedule.of(Duration.ofMillis(100), Duration.ofSeconds(20)), new Collector() {
            @Override
            public void collect(Samples out) throws InterruptedException {
                if (runs.incrementAndGet() == 1) {
                    inFlight.release();
                    go.await();
                }
            }

            @Override
            public void abort() {
                aborts.incrementAndGet();
            }
        });
        var probe = inBackground(loop, Duration.ofSeconds(20));
        inFlight.acquire();
        loop.start();
        await().until(() -> recorded.skipped(Skip.OVERRUN) >= 2);
        go.countDown();

        assertThat(probe.get(20, TimeUnit.SECONDS).succeeded()).isTrue();
        await().until(() -> !published.isEmpty());
        assertThat(aborts).hasValue(0);
    }

    private static FutureTask<Snapshot> inBackground(CollectionLoop loop, Duration timeout) {
        var probe = new FutureTask<>(() -> loop.probe(timeout));
        Thread.ofVirtual().start(probe);
        return probe;
    }

    @Test
    void noTwoCollectionsOfOneCollectorEverRunAtOnce() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var loop = started(Schedule.of(Duration.ofMillis(5), Duration.ofSeconds(20)), _ -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            TimeUnit.MILLISECONDS.sleep(3);
            running.decrementAndGet();
        });
        var probes = Stream.generate(() -> inBackground(loop, Duration.ofSeconds(20)))
                .limit(20)
                .toList();
        for (var probe : probes) {
            assertThat(probe.get(30, TimeUnit.SECONDS).succeeded()).isTrue();
        }
        await().until(() -> published.size() >= 5);

        assertThat(most).hasValue(1);
    }

    // ---- the end ----------------------------------------------------------------------------------------------

    @Test
    void closingEndsTheCollectionInFlightAndAllThatFollows() {
        var runs = new AtomicInteger();
        var worker = new AtomicReference<Thread>();
        var loop = started(Schedule.of(Duration.ofMillis(10), Duration.ofHours(1)), _ -> {
            if (runs.incrementAndGet() == 2) {
                worker.set(Thread.currentThread());
                TimeUnit.HOURS.sleep(1);
            }
        });
        await().until(() -> worker.get() != null);
        loop.close();

        awaitEnd(worker.get());
        awaitEnd(recorded.thread());
        assertThat(runs).hasValue(2);
        assertThat(published).hasSize(1);
    }

    @Test
    void aChangeThatTheBackendTellsOfIsCollectedBeforeTheNextTurn() {
        var collectSoon = new AtomicReference<Runnable>();
        started(SELDOM, new Collector() {
            @Override
            public void collect(Samples out) {
                out.add(COMMITS, 1);
            }

            @Override
            public void onChange(Runnable soon) {
                collectSoon.set(soon);
            }
        });
        await().until(() -> published.size() == 1);

        for (int i = 0; i < 10; i++) {
            collectSoon.get().run();
        }

        await().until(() -> published.size() >= 2);
        // The first at once, and all that came meanwhile together.
        await().during(Duration.ofMillis(300)).until(() -> published.size() <= 3);
    }

    @Test
    void closingEndsALoopThatSleeps() {
        var loop = started(SELDOM, out -> out.add(COMMITS, 1));
        await().until(() -> !published.isEmpty());
        loop.close();

        awaitEnd(recorded.thread());
    }

    @Test
    void closingEndsALoopThatBacksOff() {
        var loop = started(QUICK, _ -> {
            throw new CollectionException(Reason.AUTH, "wrong password");
        });
        await().until(() -> recorded.skipped(Skip.BACKOFF) >= 2);
        loop.close();

        awaitEnd(recorded.thread());
    }

    @Test
    void closingEndsTheLoopOfACollectorThatNeverEnds() {
        var deaf = new Deaf();
        var loop = started(QUICK, deaf);
        await().until(() -> recorded.skipped(Skip.OVERRUN) >= 1);
        loop.close();

        awaitEnd(recorded.thread());
        deaf.letGo.countDown();
    }

    @Test
    void anObserverThatKeepsTheInterruptDoesNotKeepTheLoopAlive() {
        var telling = new AtomicReference<Thread>();
        var loop = loop(QUICK, out -> out.add(COMMITS, 1), new CollectionObserver() {
            @Override
            public void collected(Slot slot, Snapshot snapshot) {
                telling.set(Thread.currentThread());
                try {
                    TimeUnit.HOURS.sleep(1);
                } catch (InterruptedException e) {
                    // Kept.
                }
            }

            @Override
            public void skipped(Slot slot, Skip why) {}
        });
        loop.start();
        await().until(() -> telling.get() != null);
        loop.close();

        awaitEnd(telling.get());
    }

    private static void awaitEnd(Thread thread) {
        await().until(() -> !thread.isAlive());
    }
}
