// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.log;

/** How much an event matters; {@code --log.level} names the least that is written. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
}
