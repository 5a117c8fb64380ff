// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Moments as queues write them, in seconds since 1970; empty when what is written is none. */
final class Moment {

    private static final JsonFactory JSON = new JsonFactory();

    /** As seconds this is in the year 5138, as milliseconds in 1973. */
    private static final double MOST_SECONDS = 1e11;

    private Moment() {}

    /** Seconds, milli-, micro- or nanoseconds since 1970, told apart by their size, or a time as ISO 8601 has it. */
    static OptionalDouble of(String text) {
        try {
            return text.indexOf('T') < 0 ? ofNumber(Double.parseDouble(text)) : OptionalDouble.of(seconds(text));
        } catch (NumberFormatException | DateTimeException e) {
            return OptionalDouble.empty();
        }
    }

    private static double seconds(String iso) {
        Instant instant = OffsetDateTime.parse(iso).toInstant();
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }

    static OptionalDouble ofNumber(double number) {
        double seconds = number;
        while (seconds > MOST_SECONDS && Double.isFinite(seconds)) {
            seconds /= 1000;
        }
        return seconds > 0 && Double.isFinite(seconds) ? OptionalDouble.of(seconds) : OptionalDouble.empty();
    }

    /** The one at a path of a JSON object. */
    static OptionalDouble inJson(String json, List<String> path) {
        return text(json, path).map(Moment::of).orElse(OptionalDouble.empty());
    }

    /** The value at a path of a JSON object, when it is text or a number. */
    static Optional<String> text(String json, List<String> path) {
        try (var parser = JSON.createParser(json)) {
            for (var key : path) {
                if (parser.nextToken() != JsonToken.START_OBJECT || !goTo(key, parser)) {
                    return Optional.empty();
                }
            }
            return parser.nextToken().isScalarValue() ? Optional.of(parser.getText()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the object has that key; then its value is next. */
    private static boolean goTo(String key, JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (parser.currentName().equals(key)) {
                return true;
            }
            parser.nextToken();
            parser.skipChildren();
        }
        return false;
    }
}
