// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @Test
    void itsNameIsWhatAProbeAsksFor() {
        assertThat(new Target("orders", "postgres", "pg-1", Map.of())).hasToString("orders/postgres/pg-1");
        assertThat(new Target("orders", "postgres", "", Map.of())).hasToString("orders/postgres");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "node"})
    void labelsThatItGivesItselfCannotBeConfigured(String label) {
        assertThatThrownBy(() -> new Target("orders", "postgres", "pg-1", Map.of(label, "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
