// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.core.CollectionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void fieldsThatNobodyWantsAreSkippedWithAllThatIsInThem() throws Exception {
        var wanted = new ArrayList<Long>();
        read("{\"a\": {\"x\": [1, {\"n\": 7}]}, \"n\": 2, \"b\": [[]], \"c\": \"n\", \"n\": 3}", json -> {
            json.object(field -> {
                if (field.equals("n")) {
                    wanted.add(json.whole());
                }
            });
            return json;
        });
        assertThat(wanted).containsExactly(2L, 3L);
    }

    @Test
    void anArrayMayHoldWhatIsOnlyPartlyRead() throws Exception {
        List<String> names = read(
                "[{\"x\": [], \"name\": \"a\"}, {}, {\"name\": \"b\", \"y\": {\"name\": \"c\"}}]",
                json -> json.array(() -> {
                    var name = new String[] {"-"};
                    json.object(field -> {
                        if (field.equals("name")) {
                            name[0] = json.text();
                        }
                    });
                    return name[0];
                }));
        assertThat(names).containsExactly("a", "-", "b");
    }

    @Test
    void nullIsAnEmptyObjectOrArray() throws Exception {
        assertThat(JsonTest.<List<Long>>read("null", json -> json.array(json::whole)))
                .isEmpty();
        read("null", json -> {
            json.object(_ -> {
                throw new AssertionError();
            });
            return json;
        });
    }

    @Test
    void aCountThatFellBelowZeroIsZero() throws Exception {
        assertThat(JsonTest.<Long>read("18446744073709551615", Json::whole)).isZero();
        assertThat(JsonTest.<Long>read("9223372036854775807", Json::whole)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void goesZeroTimeIsNone() throws Exception {
        assertThat(read("\"0001-01-01T00:00:00Z\"", Json::time)).isEmpty();
        assertThat(read("\"2026-11-22T10:41:56.507953551+01:00\"", Json::time))
                .contains(Instant.parse("2026-11-22T09:41:56.507953551Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"n\"",
                "{\"n\": 1",
                "{\"n\": \"1\"}",
                "{\"n\": 1.5}",
                "[]",
                "7",
                "{\"n\": 1,}",
                "{n: 1}"
            })
    void whatIsNotAsExpectedIsAProtocolFailureThatNamesTheRequest(String text) {
        Json.DocumentReader<Json> reader = json -> {
            json.object(_ -> json.whole());
            return json;
        };
        assertThatThrownBy(() -> read(text, reader))
                .isInstanceOf(CollectionException.class)
                .hasMessageStartingWith("/varz is not the JSON that was expected: ")
                .extracting("reason")
                .hasToString("PROTOCOL");
        assertThatThrownBy(() -> Json.read(stream(text), "/varz", reader)).isInstanceOf(CollectionException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "[\"a\"", "[\"a\", 2]", "{}"})
    void anArrayOfTextIsNothingElse(String text) {
        assertThatThrownBy(() -> read(text, json -> json.array(json::text))).isInstanceOf(CollectionException.class);
    }

    @Test
    void whatTheNetworkDoesIsNotTakenForWrongJson() {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }

            @Override
            public int read(byte[] to, int from, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> Json.read(broken, "/varz", json -> json))
                .isInstanceOf(IOException.class)
                .hasMessage("reset");
    }

    @Test
    void aNestThatIsTooDeepIsNotFollowed() {
        assertThatThrownBy(() -> read("[".repeat(100_000), json -> {
                    json.object(_ -> {});
                    return json;
                }))
                .isInstanceOf(CollectionException.class);
        assertThatThrownBy(() -> read("{\"a\":".repeat(100_000), json -> {
                    json.object(_ -> {});
                    return json;
                }))
                .isInstanceOf(CollectionException.class);
    }

    private static <T> T read(String text, Json.DocumentReader<T> reader) throws CollectionException {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), "/varz", reader);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
