// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

/** Our own mistakes, and those of a collector's {@code abort} or a session's {@code close}: told, not passed on. */
final class Faults {

    private Faults() {}

    /** Tells it as if the thread had died of it. */
    static void report(Throwable fault) {
        var here = Thread.currentThread();
        here.getUncaughtExceptionHandler().uncaughtException(here, fault);
    }
}
