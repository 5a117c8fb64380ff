// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them. */
public final class Words {

    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Words() {}

    /** Whole numbers as they are, others with three digits. */
    public static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
    }
}
