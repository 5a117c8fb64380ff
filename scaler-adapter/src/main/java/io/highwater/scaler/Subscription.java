// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler;

/** Something that goes on until it is closed. */
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
