// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people write them. */
final class Words {

    private static final MathContext DIGITS = new MathContext(4);

    private Words() {}

    static String milli(long milli) {
        return plain(BigDecimal.valueOf(milli, 3));
    }

    /** Four digits; for what is not a finite number its name. */
    static String number(double number) {
        return Double.isFinite(number) ? plain(BigDecimal.valueOf(number).round(DIGITS)) : String.valueOf(number);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
