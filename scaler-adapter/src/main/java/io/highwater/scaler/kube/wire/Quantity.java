// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A number as Kubernetes writes it, in its one canonical form: {@code 0}, {@code 1500m}, {@code 2k}.
 *
 * @param thousandths of it, rounded up: a backlog that is almost nothing is not nothing
 */
public record Quantity(long thousandths) {

    /** An autoscaler counts in thousandths, in 64 bits. */
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private static final String SUFFIXES = "mkMGTPE";

    public Quantity {
        if (thousandths < 0) {
            throw new IllegalArgumentException("below zero");
        }
    }

    /** None when it is below zero or above what an autoscaler can count to. */
    public static Optional<Quantity> of(double number) {
        // By the decimal digits that the number prints: of 0.1, not of the binary fraction next to it.
        BigDecimal thousandths = BigDecimal.valueOf(number).movePointRight(3).setScale(0, RoundingMode.CEILING);
        return number < 0 || thousandths.compareTo(MOST) > 0
                ? Optional.empty()
                : Optional.of(new Quantity(thousandths.longValueExact()));
    }

    /** The largest suffix with which it has no fraction. */
    @Override
    public String toString() {
        if (thousandths == 0) {
            return "0";
        }
        long digits = thousandths;
        int thousands = 0;
        while (digits % 1000 == 0) {
            digits /= 1000;
            thousands++;
        }
        return digits + suffix(thousands);
    }

    private static String suffix(int thousands) {
        return switch (thousands) {
            case 0 -> "m";
            case 1 -> "";
            default -> SUFFIXES.substring(thousands - 1, thousands);
        };
    }
}
