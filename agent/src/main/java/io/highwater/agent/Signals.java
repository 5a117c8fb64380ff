// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * What the operating system tells a process. By reflection, since the compiler warns of {@code sun.misc.Signal} in a way
 * that nothing turns off; the JDK has no other door to signals.
 */
public final class Signals {

    private Signals() {}

    /** Runs the action at each signal of that name, on a thread of the JVM, instead of what the JVM would do. */
    public static void on(String name, Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy =
                    Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, (_, method, _) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (InvocationTargetException e) {
            // The JVM was started with -Xrs, or the system has no such signal: then the JVM's way has to do.
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a JDK without jdk.unsupported", e);
        }
    }
}
