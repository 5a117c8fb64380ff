// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "1.5, 1500m",
        "0.1, 100m",
        "0.0001, 1m",
        "1e-300, 1m",
        "2.0005, 2001m",
        "999, 999",
        "1000, 1k",
        "1001, 1001",
        "1500, 1500",
        "12000, 12k",
        "1100000, 1100k",
        "1e6, 1M",
        "2.5e9, 2500M",
        "1e12, 1T",
        "9e15, 9P",
        "9007199254740993, 9007199254740992"
    })
    void isWrittenAsKubernetesDoes(double number, String written) {
        assertThat(Quantity.of(number).orElseThrow()).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, -1, 9.3e15, 1e300})
    void isNothingThatAnAutoscalerCannotCount(double number) {
        assertThat(Quantity.of(number)).isEmpty();
    }

    @Property
    void isTheNumberOrLessThanAThousandthMore(@ForAll @DoubleRange(max = 9.2e15) double number) {
        BigDecimal more = read(Quantity.of(number).orElseThrow().toString()).subtract(BigDecimal.valueOf(number));
        assertThat(more).isBetween(BigDecimal.ZERO, new BigDecimal("0.001"));
    }

    @Property
    void hasTheLargestSuffixWithoutAFraction(@ForAll @LongRange(min = 1) long thousandths) {
        Quantity quantity = new Quantity(thousandths);
        assertThat(read(quantity.toString()).movePointRight(3)).isEqualByComparingTo(BigDecimal.valueOf(thousandths));
        assertThat(quantity.toString()).doesNotContain("000m").doesNotMatch(".*000[kMGTP]?");
    }

    /** As Kubernetes reads it. */
    private static BigDecimal read(String quantity) {
        char last = quantity.charAt(quantity.length() - 1);
        int thousands = "mkMGTPE".indexOf(last);
        if (thousands < 0) {
            return new BigDecimal(quantity);
        }
        BigDecimal digits = new BigDecimal(quantity.substring(0, quantity.length() - 1));
        return digits.movePointRight(last == 'm' ? -3 : 3 * thousands);
    }
}
