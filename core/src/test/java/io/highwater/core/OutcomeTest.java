// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void whatAServerSentBecomesOneLineThatCanBeRead() {
        assertThat(message(" Unexpected\r\n  status\tline: \u001b[31mOK\u0000\u009b1m\u202eevil "))
                .isEqualTo("Unexpected status line: [31mOK 1m evil");
    }

    @Test
    void ofABookTheBeginningIsKept() {
        assertThat(message("a".repeat(500))).isEqualTo("a".repeat(500));
        assertThat(message("a".repeat(501))).isEqualTo("a".repeat(500) + "…");
    }

    private static String message(String text) {
        return new Outcome.Failed(Reason.PROTOCOL, text).message();
    }
}
