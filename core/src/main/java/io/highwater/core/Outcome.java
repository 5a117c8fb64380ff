// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.List;

/** How a collection ended. */
public sealed interface Outcome {

    /**
     * It saw what it was to see.
     *
     * @param notes what was left out and why, for the status page: a missing right, an extension that is not installed
     */
    record Collected(List<String> notes) implements Outcome {
        public Collected {
            notes = List.copyOf(notes);
        }
    }

    /**
     * It saw nothing, or that what it tried does not work.
     *
     * @param reason fit for a label
     * @param message for people, one line; never a secret
     */
    record Failed(Reason reason, String message) implements Outcome {

        private static final int LONGEST = 500;

        /** What a server sent may be in the message: it becomes one line that can be read. */
        public Failed {
            message = Texts.cut(message.replaceAll("[\\p{C}\\s]+", " ").strip(), LONGEST);
        }
    }

    /** The value of the label {@code outcome}. */
    default String label() {
        return switch (this) {
            case Collected _ -> "collected";
            case Failed(Reason reason, String _) -> reason.label();
        };
    }
}
