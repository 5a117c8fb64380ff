// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.List;
import java.util.stream.Stream;

/** What collections handed over with {@link Samples#fact}, as a {@link Derivation} reads it. */
public final class Facts {

    private Facts() {}

    /** Those of a type, in the order of the snapshots. */
    public static <F> Stream<F> of(List<Snapshot> snapshots, Class<F> type) {
        return snapshots.stream()
                .flatMap(snapshot -> snapshot.fact().stream())
                .filter(type::isInstance)
                .map(type::cast);
    }

    /**
     * Whether these are the very same facts: none is newer. Facts are not changed, only replaced, so that equal ones of
     * ten thousand parts need not be compared.
     */
    @SuppressWarnings("ReferenceEquality")
    public static boolean same(List<? extends Record> some, List<? extends Record> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (some.get(i) != others.get(i)) {
                return false;
            }
        }
        return true;
    }
}
