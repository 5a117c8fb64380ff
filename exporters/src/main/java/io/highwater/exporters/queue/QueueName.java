// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

/**
 * Which queue.
 *
 * @param name as it is shown; may hold any character
 * @param scope what sets it apart from others of that name: BullMQ's prefix, or the layout that it has
 * @param backend {@code redis} or {@code postgres}
 * @param place where it is in there
 */
record QueueName(String name, String scope, String backend, Place place) {

    /**
     * Where a queue is in its backend.
     *
     * @param prefix what the keys of its library begin with
     * @param name as its library calls it
     */
    record Place(String prefix, String name) {}

    /** One of BullMQ's, which is shown as it is called. */
    static QueueName inRedis(String name, String prefix) {
        return new QueueName(name, prefix, "redis", new Place(prefix, name));
    }

    /** @param prefix what is shown before the name, for a queue whose keys do not begin as usual; else empty */
    static QueueName of(String layout, String prefix, Place place) {
        return new QueueName(prefix + place.name(), layout, "redis", place);
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
