// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a step waits for, asking again and again. */
public record UntilSettings(
        @Doc("the statuses that end the wait") @Default("[1xx, 2xx, 3xx, 4xx, 5xx]")
        List<String> status,

        @Doc("texts that the body has in the end") @Default("[]")
        List<String> bodyHas,

        @Doc("regular expressions that are found in the body in the end") @Default("[]")
        List<Pattern> bodyMatches,

        @Doc("by JSON pointer, what is there in the end") @Default("{}")
        Map<String, String> json,

        @Doc("from one answer to the next question") @Default("500ms")
        Duration every,

        @Doc("how long at most") Duration within) {

    public UntilSettings {
        var _ = new StatusCondition(status);
        Conditions.json(json);
        if (every.toMillis() < 1) {
            throw new IllegalArgumentException("every: write 1ms or more");
        }
        if (within.compareTo(every) < 0) {
            throw new IllegalArgumentException("within: write no less than every");
        }
        json = Map.copyOf(json);
    }

    Conditions conditions() {
        return new Conditions(
                new StatusCondition(status),
                Map.of(),
                Map.of(),
                bodyHas,
                bodyMatches,
                List.of(),
                Conditions.json(json));
    }
}
