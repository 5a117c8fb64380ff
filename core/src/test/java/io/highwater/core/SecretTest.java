// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void aSecretNeverPrintsAndIsReadEachTimeItIsNeeded() {
        var reads = new StringBuilder();
        var secret = new Secret("file /run/secrets/pg", () -> reads.append('x').toString());

        assertThat(secret).hasToString("***").isEqualTo(new Secret("file /run/secrets/pg", () -> "other"));
        assertThat(secret.reveal()).isEqualTo("x");
        assertThat(secret.reveal()).isEqualTo("xx");
        assertThat(secret).isNotEqualTo(new Secret("environment PGPASSWORD", () -> "x"));
    }
}
