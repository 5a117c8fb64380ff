// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static io.highwater.exporters.outbox.OutboxFamilies.*;

import io.highwater.core.Backlog;
import io.highwater.core.Samples;
import io.highwater.exporters.outbox.Numbers.Outbox;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What is exposed of one outbox. */
record OutboxSeries(String name, Outbox of, Watermarks.Totals totals) implements Series {

    @Override
    public void add(Samples out) {
        out.add(PENDING, (double) of.pending().rows(), name);
        out.add(CAPPED, of.pending().capped(), name);
        of.scheduled().ifPresent(count -> out.add(SCHEDULED, (double) count.rows(), name));
        of.oldest().ifPresent(since -> {
            out.add(OLDEST_AGE, of.age(since), name);
            out.add(OLDEST, since, name);
        });
        of.dead().ifPresent(count -> out.add(DEAD, (double) count.rows(), name));
        of.retries().ifPresent(rows -> out.add(RETRIES, (double) rows, name));
        totals.enqueued().ifPresent(rows -> out.add(ENQUEUED, (double) rows, name));
        totals.processed().ifPresent(rows -> out.add(PROCESSED, (double) rows, name));
        of.counters().workers().ifPresent(sessions -> out.add(WORKERS, (double) sessions, name));
        addKeys(out);
    }

    private void addKeys(Samples out) {
        of.keys().ifPresent(keys -> out.add(KEYS, (double) keys, name));
        for (var key : of.topKeys()) {
            out.add(KEY_PENDING, (double) key.rows(), name, key.key());
            key.oldest().ifPresent(since -> out.add(KEY_OLDEST_AGE, of.age(since), name, key.key()));
        }
    }

    /** Beyond the cap nobody knows how many are pending, and less than the truth would be taken for it. */
    @Override
    public Stream<Backlog> backlogs(long readNanos) {
        var pending = of.pending();
        var items = pending.capped() ? OptionalDouble.empty() : OptionalDouble.of((double) pending.rows());
        return Stream.of(new Backlog("outbox", name, items, age(), totals.enqueued(), totals.processed(), readNanos));
    }

    private OptionalDouble age() {
        if (of.pending().rows() == 0) {
            return OptionalDouble.of(0);
        }
        return of.oldest().isPresent() ? OptionalDouble.of(of.age(of.oldest().getAsDouble())) : OptionalDouble.empty();
    }
}
