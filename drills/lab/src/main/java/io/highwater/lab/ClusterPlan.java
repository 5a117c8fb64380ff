// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a Postgres cluster is to be. Nothing runs until {@link #start()}.
 *
 * @param major version, such as 18
 * @param standbys how many; nodes are called pg-1 (the first primary), pg-2 …
 * @param slots whether each standby has a physical replication slot on its upstream
 * @param synchronous the primary's synchronous_standby_names, set once its standbys stream; empty for none
 * @param settings of every node's postgresql.conf, over the lab's own
 */
public record ClusterPlan(int major, int standbys, boolean slots, String synchronous, Map<String, String> settings) {

    public ClusterPlan {
        if (standbys < 0) {
            throw new IllegalArgumentException("standbys must not be negative");
        }
        settings = Map.copyOf(settings);
    }

    public ClusterPlan standbys(int count) {
        return new ClusterPlan(major, count, slots, synchronous, settings);
    }

    /** With a physical replication slot per standby. */
    public ClusterPlan withSlots() {
        return new ClusterPlan(major, standbys, true, synchronous, settings);
    }

    /** Such as {@code ANY 1 ("pg-2", "pg-3")} or {@code *}. */
    public ClusterPlan synchronous(String standbyNames) {
        return new ClusterPlan(major, standbys, slots, standbyNames, settings);
    }

    /** Archives WAL with a command, such as {@code cp %p /archive/%f}, {@code /bin/true} or {@code /bin/false}. */
    public ClusterPlan archiving(String command) {
        return setting("archive_mode", "on").setting("archive_command", command);
    }

    public ClusterPlan setting(String key, String value) {
        var changed = new LinkedHashMap<>(settings);
        changed.put(key, value);
        return new ClusterPlan(major, standbys, slots, synchronous, changed);
    }

    /** With fsync, which the lab leaves out for speed. */
    public ClusterPlan durable() {
        return setting("fsync", "on");
    }

    /** A new cluster, all standbys streaming. */
    public PostgresCluster start() {
        var cluster = new PostgresCluster(this);
        try {
            cluster.startAll();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }
}
