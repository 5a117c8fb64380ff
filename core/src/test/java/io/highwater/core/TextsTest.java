// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void onlyWhatIsTooLongIsCut() {
        assertThat(Texts.cut("12345", 5)).isEqualTo("12345");
        assertThat(Texts.cut("123456", 5)).isEqualTo("12345…");
    }
}
