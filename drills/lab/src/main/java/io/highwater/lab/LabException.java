// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

/** What went wrong in the lab itself, with the evidence (the end of a server's log) in its message. */
public final class LabException extends RuntimeException {

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
