// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server's JSON, read once from front to back: ten thousand consumers of a NATS server are never held as text or as a
 * tree. What is not what its reader expects is an {@link IOException}.
 */
public final class Json {

    /** Reads the value of one field of an object, all of it or nothing of it. */
    @FunctionalInterface
    public interface FieldReader {
        void read(String field) throws IOException;
    }

    /** Reads a value. */
    @FunctionalInterface
    public interface ValueReader<T> {
        T read() throws IOException;
    }

    /** Reads a whole document. */
    @FunctionalInterface
    public interface DocumentReader<T> {
        T read(Json json) throws IOException;
    }

    /** A hundred thousand consumers take less; what never ends is cut before its deadline. */
    private static final long MOST_BYTES = 256L << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(1 << 20)
                    .maxNestingDepth(64)
                    .maxDocumentLength(MOST_BYTES)
                    .build())
            .build();

    private final JsonParser parser;

    private Json(JsonParser parser) {
        this.parser = parser;
    }

    /** @param what is asked for, for the message when it is something else */
    public static <T> T read(byte[] text, String what, DocumentReader<T> reader) throws CollectionException {
        try (var parser = FACTORY.createParser(text)) {
            return reader.read(started(parser));
        } catch (IOException e) {
            throw unexpected(what, e);
        }
    }

    /** The same; what the stream itself throws is thrown as it is. */
    public static <T> T read(InputStream text, String what, DocumentReader<T> reader)
            throws CollectionException, IOException {
        try (var parser = FACTORY.createParser(text)) {
            return reader.read(started(parser));
        } catch (JsonProcessingException | Mismatch e) {
            throw unexpected(what, e);
        }
    }

    private static Json started(JsonParser parser) throws IOException {
        parser.nextToken();
        return new Json(parser);
    }

    private static CollectionException unexpected(String what, IOException e) {
        var said = e instanceof JsonProcessingException parse ? parse.getOriginalMessage() : e.getMessage();
        return new CollectionException(Reason.PROTOCOL, what + " is not the JSON that was expected: " + said, e);
    }

    private static final class Mismatch extends IOException {
        Mismatch(String message) {
            super(message);
        }
    }

    public IOException mismatch(String expected) {
        var found = parser.currentToken();
        return new Mismatch("expected " + expected + ", found " + (found == null ? "the end" : found));
    }

    public boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    public boolean isBool() {
        return parser.currentToken().isBoolean();
    }

    public boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    /** Reads an object; fields that the reader leaves are skipped. */
    public void object(FieldReader reader) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw mismatch("an object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            var value = parser.nextToken();
            reader.read(field);
            if (parser.currentToken() == value) {
                parser.skipChildren();
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw mismatch("the end of an object");
        }
    }

    /** Reads an array, each element with the reader, which may leave it; {@code null} is an empty one. */
    public <T> List<T> array(ValueReader<T> reader) throws IOException {
        var elements = new ArrayList<T>();
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return elements;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw mismatch("an array");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                throw mismatch("the end of an array");
            }
            var value = parser.currentToken();
            elements.add(reader.read());
            if (parser.currentToken() == value) {
                parser.skipChildren();
            }
        }
        return elements;
    }

    public String text() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw mismatch("text");
        }
        return parser.getText();
    }

    /** A count; one that a server let fall below 0, which it writes as almost 2 to the 64th, is 0. */
    public long whole() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw mismatch("a whole number");
        }
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return 0;
        }
        return parser.getLongValue();
    }

    public double real() throws IOException {
        if (!parser.currentToken().isNumeric()) {
            throw mismatch("a number");
        }
        return parser.getDoubleValue();
    }

    public boolean bool() throws IOException {
        if (!parser.currentToken().isBoolean()) {
            throw mismatch("true or false");
        }
        return parser.getBooleanValue();
    }

    public boolean isScalar() {
        var token = parser.currentToken();
        return token != null && token.isScalarValue();
    }

    /** Text, a number, true, false or null, as text; a number as the server wrote it. */
    public String scalar() throws IOException {
        if (!isScalar()) {
            throw mismatch("a single value");
        }
        return parser.getText();
    }

    /** A time; Go's zero time, the year 1, is none. */
    public Optional<Instant> time() throws IOException {
        try {
            var text = text();
            return text.startsWith("0001-") ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            throw mismatch("a time");
        }
    }
}
