// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

/** A table of work that cannot be read as it is configured. The message is for people and names the table. */
final class Unreadable extends Exception {
    Unreadable(String message) {
        super(message);
    }
}
