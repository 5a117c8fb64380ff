// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {

    private static final Family WAIT = Family.histogram("db_wait_seconds", "How long.", 0, 0.5, 2, 10);

    private final Histogram histogram = new Histogram(WAIT);

    private String lines() {
        var samples = Samples.of(new Target("orders", "db", "", Map.of()));
        samples.add(WAIT, histogram);
        return samples.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "-3, 0.0",
        "-0.0, 0.0",
        "0, 0.0",
        "4.9E-324, 0.5",
        "0.5, 0.5",
        "0.5000000000000001, 2.0",
        "2, 2.0",
        "9.999, 10.0",
        "10, 10.0",
        "10.001, +Inf",
        "1e300, +Inf"
    })
    void aValueIsInTheLowestBucketThatIsNotBelowIt(double value, String bound) {
        histogram.observe(value);

        var counted = lines().lines().filter(line -> line.endsWith(" 1")).findFirst();
        assertThat(counted).hasValueSatisfying(line -> assertThat(line).contains("le=\"" + bound + "\""));
        assertThat(histogram.count()).isEqualTo(1);
    }

    @Test
    void whatIsBelowZeroCountsAsZero() {
        histogram.observe(-5);
        histogram.observe(3);

        assertThat(histogram.sum()).isEqualTo(3);
        assertThat(histogram.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatWouldSpoilTheSumIsRefused(double value) {
        assertThatThrownBy(() -> histogram.observe(value)).isInstanceOf(IllegalArgumentException.class);
        assertThat(histogram.count()).isZero();
    }

    @Test
    void anotherKindOfFamilyHasNone() {
        assertThatThrownBy(() -> new Histogram(Specimens.UP)).isInstanceOf(IllegalArgumentException.class);
    }
}
