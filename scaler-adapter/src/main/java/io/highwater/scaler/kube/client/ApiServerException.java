// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.client;

import java.io.IOException;

/** The API server cannot be asked, or says no. The message holds no credential. */
public final class ApiServerException extends IOException {

    private final int status;

    public ApiServerException(String message) {
        this(0, message);
    }

    public ApiServerException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** @param status as an answer of HTTP has it */
    public ApiServerException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Of HTTP; 0 when there was no answer. */
    public int status() {
        return status;
    }
}
