// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateLabelsTest {

    @ParameterizedTest
    @CsvSource({"2587, 0a1b", "10779, 2a1b", "255, ff"})
    void aSerialNumberIsOfWholeBytes(BigInteger number, String text) {
        assertThat(CertificateLabels.hex(number)).isEqualTo(text);
    }
}
