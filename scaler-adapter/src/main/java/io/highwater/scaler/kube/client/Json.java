// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A value of JSON, or none where nothing was found: what is absent is looked into as what is there, and is empty in the
 * end.
 *
 * @param value a map, a list, a text, a number, a boolean, or null for none
 */
public record Json(@Nullable Object value) {

    private static final Json NONE = new Json(null);

    /** No document that we ask for is a tenth as large. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxDocumentLength(16L << 20)
                    .build())
            .build();

    /** Reads one whole value. */
    public static Json read(byte[] text) throws IOException {
        try (var parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return new Json(plain(parser));
        }
    }

    private static @Nullable Object plain(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("JSON that ends before its end");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getBigIntegerValue().longValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("JSON with " + token + " where a value should be");
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, plain(parser));
        }
        return fields;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        var elements = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(plain(parser));
        }
        return elements;
    }

    /** Writes maps, collections, texts, numbers and booleans. */
    public static byte[] write(Object plain) {
        var out = new ByteArrayOutputStream(256);
        try (var generator = FACTORY.createGenerator(out)) {
            write(generator, plain);
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator out, @Nullable Object plain) throws IOException {
        switch (plain) {
            case null -> out.writeNull();
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (var entry : map.entrySet()) {
                    out.writeFieldName(String.valueOf(entry.getKey()));
                    write(out, entry.getValue());
                }
                out.writeEndObject();
            }
            case Iterable<?> elements -> {
                out.writeStartArray();
                for (Object element : elements) {
                    write(out, element);
                }
                out.writeEndArray();
            }
            case Boolean bool -> out.writeBoolean(bool);
            case Integer whole -> out.writeNumber(whole);
            case Long whole -> out.writeNumber(whole);
            case Number number -> out.writeNumber(number.doubleValue());
            default -> out.writeString(plain.toString());
        }
    }

    /** What is found by the names of fields, one inside the other. */
    public Json at(String... fields) {
        Object found = value;
        for (String field : fields) {
            found = found instanceof Map<?, ?> map ? map.get(field) : null;
        }
        return found == null ? NONE : new Json(found);
    }

    public boolean isPresent() {
        return value != null;
    }

    public Optional<String> text() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    public OptionalLong whole() {
        return value instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    public boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    /** Of an array; none of anything else. */
    public List<Json> elements() {
        return value instanceof List<?> list ? list.stream().map(Json::new).toList() : List.of();
    }

    /** Of an array of texts. */
    public List<String> texts() {
        return elements().stream().flatMap(element -> element.text().stream()).toList();
    }

    /** The fields of an object. */
    public Map<String, Json> fields() {
        var fields = new LinkedHashMap<String, Json>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, field) -> fields.put(String.valueOf(name), new Json(field)));
        }
        return fields;
    }
}
