// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A number that is read from outside by its name: a signal, or the replicas that a policy wants. Nothing here waits for
 * a backend, and all of it may be called from any thread.
 */
public interface Metric {

    /** In the form of a Kubernetes name: lower case letters, digits, {@code -} and {@code .}; unique in an agent. */
    String name();

    /** Whether workloads of that namespace may read it. */
    boolean readableFrom(String namespace);

    /** What it is a number of besides standing for itself: where the API of custom metrics has it. */
    List<ObjectReference> objects();

    /** What it is now. */
    Reading read();

    /** Whether there is work now: what KEDA scales from and to zero by. */
    Activity activity();

    /** How much of it one replica takes, when it says so itself: 1 for the replicas that a policy wants. */
    OptionalDouble targetPerReplica();

    /**
     * Runs the action after every change of {@link #activity} and of {@link #targetPerReplica}, at once when it comes from
     * a backend's event; from any thread. The action must not block.
     */
    Subscription onChange(Runnable action);
}
