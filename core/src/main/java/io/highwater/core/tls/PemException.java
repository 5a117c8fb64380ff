// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.tls;

/** PEM text that cannot be used. The message says where it was from and what is wrong, and never quotes it. */
public final class PemException extends RuntimeException {

    public PemException(String message) {
        super(message);
    }

    public PemException(String message, Throwable cause) {
        super(message, cause);
    }
}
