// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One stack, on which drills are made one after the other. Each has a cluster's name of its own, so that what is told of one
 * is not a part of what was told of the one before.
 *
 * @param hasty whether it does not wait for the end of what fires
 */
record Lane<S>(Monitoring monitoring, S stack, boolean hasty) {

    private static final Duration SETTLE_LIMIT = Duration.ofMinutes(4);

    private static final Duration PAGE_SLACK = Duration.ofMinutes(2);
    private static final Duration CLEAR_LIMIT = Duration.ofMinutes(15);
    private static final Duration LOOK = Duration.ofMillis(250);

    static String cluster(Drill<?> drill) {
        return drill.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    /** Has the stack watched meanwhile; else as {@link #run}. */
    static <S extends Stack> Attempt watched(Lane<S> lane, Drill<S> drill) {
        var cluster = cluster(drill);
        drill.prepare().accept(lane.stack);
        lane.monitoring.watch(cluster, lane.stack);
        try {
            lane.settle(cluster);
            return lane.run(drill, cluster);
        } finally {
            lane.monitoring.forget(cluster);
        }
    }

    /**
     * Returns when the failure is repaired and, unless in haste, its critical alerts have ended.
     *
     * @param cluster which the alerts are to name
     */
    Attempt run(Drill<S> drill, String cluster) {
        var hearing = new Hearing(monitoring, cluster);
        var level = monitoring.level();
        var fault = Instant.now();
        drill.fault().accept(stack);
        if (!drill.isQuiet()) {
            await(
                    Timing.bound(drill, level).plus(PAGE_SLACK),
                    hearing,
                    () -> hearing.paged().isPresent());
        }
        await(drill.lasts().apply(level), hearing, () -> false);
        hearing.judge();
        drill.repair().accept(stack);
        var repaired = Instant.now();
        return new Attempt(drill, hearing, fault, repaired, hasty || !drill.ends() ? Optional.empty() : clear(hearing));
    }

    /** All answer; and unless in haste there is the minute of history that rates and some alerts look back on. */
    private void settle(String cluster) {
        var up = "min(highwater_target_up{cluster=\"" + cluster + "\"}" + (hasty ? "" : " offset 65s") + ") == 1";
        if (!await(
                SETTLE_LIMIT,
                new Hearing(monitoring, cluster),
                () -> !monitoring.query(up).isEmpty())) {
            throw new IllegalStateException(cluster + " is not well before the drill");
        }
    }

    private Optional<Instant> clear(Hearing hearing) {
        boolean over = await(CLEAR_LIMIT, hearing, () -> {
            hearing.judgeEnd();
            return !hearing.firing();
        });
        return over ? Optional.of(Instant.now()) : Optional.empty();
    }

    /** Whether it came true before the limit. */
    private static boolean await(Duration limit, Hearing hearing, BooleanSupplier done) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            hearing.look();
            Pause.of(LOOK);
        }
        return true;
    }
}
