// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

/** A table of work that cannot be read as it is configured. The message is for people and names the table. */
public final class Unreadable extends Exception {
    Unreadable(String message) {
        super(message);
    }
}
