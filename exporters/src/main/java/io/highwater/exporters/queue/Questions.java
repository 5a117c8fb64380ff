// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import java.util.ArrayList;
import java.util.List;

/** The questions of one round trip, in the order in which they are put. */
final class Questions {

    private final List<Question> all = new ArrayList<>();

    Question ask(String... command) {
        var question = new Question(command);
        all.add(question);
        return question;
    }

    void add(List<Question> others) {
        all.addAll(others);
    }

    List<Question> all() {
        return List.copyOf(all);
    }
}
