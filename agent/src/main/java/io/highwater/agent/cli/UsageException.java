// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.cli;

/** Arguments that make no sense; the message says which, to the person who wrote them. */
public final class UsageException extends Exception {

    public UsageException(String message) {
        super(message);
    }
}
