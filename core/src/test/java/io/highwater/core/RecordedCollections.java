// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what an observer is told. */
final class RecordedCollections implements CollectionObserver {

    private record Skipped(Slot slot, Skip why) {}

    private final List<Snapshot> collected = new CopyOnWriteArrayList<>();
    private final List<Skipped> skipped = new CopyOnWriteArrayList<>();

    private volatile Thread thread = Thread.currentThread();

    @Override
    public void collected(Slot slot, Snapshot snapshot) {
        thread = Thread.currentThread();
        collected.add(snapshot);
    }

    @Override
    public void skipped(Slot slot, Skip why) {
        skipped.add(new Skipped(slot, why));
    }

    List<Snapshot> of(String collector) {
        return collected.stream()
                .filter(snapshot -> snapshot.collector().equals(collector))
                .toList();
    }

    List<Snapshot> of(Target target) {
        return collected.stream()
                .filter(snapshot -> snapshot.target().equals(target))
                .toList();
    }

    /** The one that told last. */
    Thread thread() {
        return thread;
    }

    long skipped(Skip why) {
        return skipped.stream().filter(of -> of.why == why).count();
    }
}
