// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is still open when the JVM ends (Ctrl-C, System.exit, a test that forgot) and is closed then. */
final class LastResort {

    private static final Set<AutoCloseable> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(LastResort::closeAll, "lab-last-resort"));
    }

    private LastResort() {}

    static void add(AutoCloseable open) {
        OPEN.add(open);
    }

    static void remove(AutoCloseable closed) {
        OPEN.remove(closed);
    }

    @SuppressWarnings("CatchingUnchecked") // one that cannot be closed must not keep the others open
    private static void closeAll() {
        for (var open : OPEN) {
            try {
                open.close();
            } catch (Exception e) {
                System.err.println("lab: could not close " + open + ": " + e.getMessage());
            }
        }
    }
}
