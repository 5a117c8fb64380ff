// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

    private static final double WHEN = 1_700_000_000.25;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1700000000.25",
                "1700000000250",
                "1700000000250000",
                "1700000000250000000",
                "1.70000000025e9",
                "2023-11-14T22:13:20.25Z",
                "2023-11-14T22:13:20.250000Z",
                "2023-11-14T23:13:20.250+01:00"
            })
    void isReadHoweverItIsWritten(String written) {
        assertThat(Moment.of(written)).hasValueCloseTo(WHEN, within(1e-5));
        assertThat(Moment.inJson("{\"at\": \"" + written + "\"}", List.of("at")))
                .hasValueCloseTo(WHEN, within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Tuesday", "T", "0", "-5", "NaN", "Infinity", "-Infinity", "1e400", "2023-11-14T25:00:00Z"})
    void isNothingElse(String written) {
        assertThat(Moment.of(written)).isEmpty();
    }

    @Test
    void isFoundWhereItIs() {
        var json = "{\"a\": {\"x\": [{\"at\": 1}], \"b\": {\"at\": 1700000000.25}}, \"at\": 2}";
        assertThat(Moment.inJson(json, List.of("a", "b", "at"))).hasValueCloseTo(WHEN, within(1e-5));
        assertThat(Moment.inJson(json, List.of("at"))).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "null",
                "[]",
                "3",
                "\"at\"",
                "{",
                "{\"at\"",
                "{\"at\":",
                "{\"at\": {\"at\": 5}}",
                "{\"at\": null}",
                "{\"at\": true}",
                "{\"to\": 5}",
                "{\"at\": [5]}",
                "\u0000"
            })
    void isNotWhereItIsNot(String json) {
        assertThat(Moment.inJson(json, List.of("at"))).isEmpty();
    }
}
