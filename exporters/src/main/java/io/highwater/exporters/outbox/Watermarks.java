// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.exporters.outbox.Numbers.Counters;
import io.highwater.exporters.outbox.Numbers.Numbering;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Counters of one outbox that do not fall, although what they are made of may a little: a failover may lose the last rows. A
 * fall by more than half is another history, such as statistics that were reset, and begins anew.
 *
 * <p>A row is numbered before anybody sees it. Numbered and not seen is not done: only what was numbered by transactions that
 * have ended is, so 10,000 rows that are being written at once are not taken for work done. That makes what is processed as old
 * as the oldest transaction that writes to the table, and by a minute at most: one that lasts longer is taken for a worker's.
 *
 * <p>Not thread-safe.
 */
final class Watermarks {

    /** What is known so far. */
    record Totals(OptionalLong enqueued, OptionalLong processed) {}

    /** Rows that were numbered at a reading, of which some may not be seen before these transactions end. */
    private record Mark(long numbered, Set<String> writers, long readNanos) {}

    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

    private final Deque<Mark> unsettled = new ArrayDeque<>();
    private OptionalLong settled = OptionalLong.empty();
    private long enqueued;
    private long processed;

    /** @param readNanos of the reading; the same one may be given again */
    Totals see(Counters now, long readNanos) {
        if (now.enqueued().isEmpty()) {
            return new Totals(OptionalLong.empty(), OptionalLong.empty());
        }
        long rows = now.enqueued().getAsLong();
        if (rows < enqueued / 2) {
            enqueued = 0;
            processed = 0;
            settled = OptionalLong.empty();
            unsettled.clear();
        }
        enqueued = Math.max(enqueued, rows);
        var done = now.numbering().isPresent() ? done(now.numbering().get(), readNanos) : now.processed();
        if (done.isPresent()) {
            processed = Math.max(processed, done.getAsLong());
            done = OptionalLong.of(processed);
        }
        return new Totals(OptionalLong.of(enqueued), done);
    }

    private OptionalLong done(Numbering now, long readNanos) {
        unsettled.forEach(mark -> mark.writers.retainAll(now.writers()));
        if (unsettled.isEmpty() || unsettled.getLast().readNanos != readNanos) {
            unsettled.add(new Mark(now.numbered(), new HashSet<>(now.writers()), readNanos));
        }
        // Who wrote at a reading and has not ended writes at all that follow.
        while (!unsettled.isEmpty() && isSettled(unsettled.getFirst(), readNanos)) {
            settled = OptionalLong.of(unsettled.remove().numbered());
        }
        return settled.isPresent() && now.remaining().isPresent()
                ? OptionalLong.of(settled.getAsLong() - now.remaining().getAsLong())
                : OptionalLong.empty();
    }

    private static boolean isSettled(Mark mark, long readNanos) {
        return mark.writers.isEmpty() || readNanos - mark.readNanos > LONGEST_NANOS;
    }
}
