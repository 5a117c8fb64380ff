// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static io.highwater.exporters.outbox.OutboxFamilies.*;

import io.highwater.core.Samples;
import io.highwater.exporters.outbox.Numbers.Outbox;

/** What is exposed of one outbox. */
record OutboxSeries(String name, Watermarks watermarks) {

    void add(Outbox of, Samples out) {
        out.add(PENDING, (double) of.pending().rows(), name);
        out.add(CAPPED, of.pending().capped(), name);
        of.scheduled().ifPresent(count -> out.add(SCHEDULED, (double) count.rows(), name));
        of.oldest().ifPresent(since -> {
            out.add(OLDEST_AGE, of.age(since), name);
            out.add(OLDEST, since, name);
        });
        of.dead().ifPresent(count -> out.add(DEAD, (double) count.rows(), name));
        of.retries().ifPresent(rows -> out.add(RETRIES, (double) rows, name));
        watermarks.enqueued(of.counters().enqueued()).ifPresent(rows -> out.add(ENQUEUED, (double) rows, name));
        watermarks.processed(of.counters().processed()).ifPresent(rows -> out.add(PROCESSED, (double) rows, name));
        of.counters().workers().ifPresent(sessions -> out.add(WORKERS, (double) sessions, name));
        of.keys().ifPresent(keys -> out.add(KEYS, (double) keys, name));
        for (var key : of.topKeys()) {
            out.add(KEY_PENDING, (double) key.rows(), name, key.key());
            key.oldest().ifPresent(since -> out.add(KEY_OLDEST_AGE, of.age(since), name, key.key()));
        }
    }
}
