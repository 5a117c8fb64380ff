// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import java.util.Comparator;

/** The id of an entry of a stream, {@code <millis>-<sequence>}, both of which have no sign. */
record EntryId(long millis, long sequence) implements Comparable<EntryId> {

    private static final Comparator<EntryId> ORDER = Comparator.comparing(EntryId::millis, Long::compareUnsigned)
            .thenComparing(EntryId::sequence, Long::compareUnsigned);

    static EntryId of(String text) throws CollectionException {
        int dash = text.indexOf('-');
        try {
            return new EntryId(
                    Long.parseUnsignedLong(text.substring(0, Math.max(0, dash))),
                    Long.parseUnsignedLong(text.substring(dash + 1)));
        } catch (NumberFormatException e) {
            throw new CollectionException(Reason.PROTOCOL, "an id of a stream's entry was to come", e);
        }
    }

    @Override
    public int compareTo(EntryId other) {
        return ORDER.compare(this, other);
    }
}
