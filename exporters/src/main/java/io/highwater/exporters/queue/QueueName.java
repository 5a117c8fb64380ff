// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

/**
 * Which queue.
 *
 * @param name as its library calls it; may hold any character
 * @param scope what sets it apart from others of that name: BullMQ's prefix, or the layout that it has
 * @param backend {@code redis} or {@code postgres}
 */
record QueueName(String name, String scope, String backend) {

    static QueueName inRedis(String name, String scope) {
        return new QueueName(name, scope, "redis");
    }

    /** The values of the labels that every series of a queue has. */
    String[] labels(String... more) {
        var labels = new String[3 + more.length];
        labels[0] = name;
        labels[1] = scope;
        labels[2] = backend;
        System.arraycopy(more, 0, labels, 3, more.length);
        return labels;
    }

    /** Unique in a cluster and component. */
    String key() {
        return scope + ":" + name;
    }
}
