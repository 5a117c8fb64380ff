// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void comesBackAsItWas() {
        var value = Map.of(
                "text",
                "a \"quoted\" \\ line\nand é 😀",
                "whole",
                1_790_000_000_000L,
                "part",
                new BigDecimal("0.25"),
                "yes",
                true,
                "list",
                List.of(1L, "two", Map.of("three", List.of())));

        assertThat(Json.read(Json.write(value))).isEqualTo(value);
        assertThat(Json.write(value)).doesNotContain("\n");
    }

    @Test
    void hasNulls() {
        assertThat(Json.read("{\"gone\":null}")).hasToString("{gone=null}");
        assertThat(Json.read("[null,1]")).hasToString("[null, 1]");
    }

    @Test
    void saysWhatIsNone() {
        assertThatThrownBy(() -> Json.read("{\"a\":"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("{\"a\":");
    }
}
