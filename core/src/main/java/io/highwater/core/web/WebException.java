// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

/** The web server cannot start or a web configuration cannot be used; the message is for the person who wrote it. */
public final class WebException extends RuntimeException {

    public WebException(String message) {
        super(message);
    }

    public WebException(String message, Throwable cause) {
        super(message, cause);
    }
}
