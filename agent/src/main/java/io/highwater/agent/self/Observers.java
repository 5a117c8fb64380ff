// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import io.highwater.core.CollectionObserver;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import java.util.List;

/** Several observers as one, told in their order. */
public record Observers(List<CollectionObserver> all) implements CollectionObserver {

    public Observers {
        all = List.copyOf(all);
    }

    public static Observers of(CollectionObserver... observers) {
        return new Observers(List.of(observers));
    }

    @Override
    public void collected(Slot slot, Snapshot snapshot) {
        all.forEach(observer -> observer.collected(slot, snapshot));
    }

    @Override
    public void skipped(Slot slot, Skip why) {
        all.forEach(observer -> observer.skipped(slot, why));
    }
}
