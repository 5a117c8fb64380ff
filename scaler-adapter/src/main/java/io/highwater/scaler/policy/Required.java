// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

/** What the settings' records refuse by. */
final class Required {

    private Required() {}

    static void that(boolean fulfilled, String otherwise) {
        if (!fulfilled) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
