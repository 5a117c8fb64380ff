// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a job of BullMQ or Bull says of its own times.
 *
 * @param timestamp when it was made, by its producer's clock, in milliseconds since 1970
 * @param delay what was to pass until it was due, in milliseconds; the hash's field {@code delay} forgets that when it is
 * @param processedOn when a worker took it last, by that worker's clock
 * @param wasStarted whether a worker ever took it
 */
record JobHash(OptionalLong timestamp, long delay, OptionalLong processedOn, boolean wasStarted) {

    /** Since when a job waits; not exact when it came back from a worker, and nobody saw when. */
    record Since(double millis, boolean exact) {}

    private static final JsonFactory JSON = new JsonFactory();

    /** @param fields timestamp, opts, processedOn, attemptsMade, atm; empty where there is none */
    static JobHash of(List<String> fields) {
        var processedOn = Question.whole(fields.get(2));
        boolean attempted = Question.whole(fields.get(3)).orElse(0) > 0
                || Question.whole(fields.get(4)).orElse(0) > 0;
        return new JobHash(
                Question.whole(fields.get(0)), delay(fields.get(1)), processedOn, processedOn.isPresent() || attempted);
    }

    /** Empty when there is no such job any more. */
    Optional<Since> waitingSince(double now) {
        if (timestamp.isEmpty()) {
            return Optional.empty();
        }
        double due = timestamp.getAsLong() + (double) delay;
        if (processedOn.isPresent()) {
            return Optional.of(new Since(Math.min(now, Math.max(due, (double) processedOn.getAsLong())), false));
        }
        return Optional.of(new Since(Math.min(now, due), !wasStarted && due <= now));
    }

    /** Of the options, which are JSON, the one that is wanted; 0 when it is not there. */
    private static long delay(String options) {
        if (!options.contains("\"delay\"")) {
            return 0;
        }
        try (var json = JSON.createParser(options)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return 0;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                json.nextToken();
                if (name.equals("delay")) {
                    return json.getValueAsLong();
                }
                json.skipChildren();
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
