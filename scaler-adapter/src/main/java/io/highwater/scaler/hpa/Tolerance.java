// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

/**
 * How far the ratio of what is to what should be may be from 1 before an autoscaler acts.
 *
 * @param down below 1, such as 0.1
 * @param up above 1
 */
public record Tolerance(double down, double up) {

    public static final Tolerance DEFAULT = new Tolerance(0.1, 0.1);

    public Tolerance {
        if (!(down >= 0 && up >= 0)) {
            throw new IllegalArgumentException("tolerance: write 0 or more");
        }
    }

    boolean covers(double ratio) {
        return 1 - down <= ratio && ratio <= 1 + up;
    }

    @Override
    public String toString() {
        return Words.number(1 - down) + " to " + Words.number(1 + up);
    }
}
