// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link MinioCluster} is to be. Nothing runs until {@link #start()}.
 *
 * @param nodes how many, called minio-1, minio-2 …
 * @param drives of each node; with one node they are its only redundancy
 * @param tls whether clients and nodes speak HTTPS
 * @param megabytes how large each drive is; 0 for the machine's own disk
 * @param settings environment variables of every node, over the lab's own
 */
public record MinioPlan(int nodes, int drives, boolean tls, int megabytes, Map<String, String> settings) {

    public MinioPlan {
        if (nodes < 1 || drives < 1) {
            throw new IllegalArgumentException("there must be a node and a drive");
        }
        settings = Map.copyOf(settings);
    }

    public MinioPlan nodes(int count, int drivesOfEach) {
        return new MinioPlan(count, drivesOfEach, tls, megabytes, settings);
    }

    /** The certificates are {@link MinioCluster#tls()}. */
    public MinioPlan withTls() {
        return new MinioPlan(nodes, drives, true, megabytes, settings);
    }

    /** Small disks as drives, empty at each start; {@link MinioServer#canHaveDisks()} says whether this machine allows that. */
    public MinioPlan disks(int size) {
        return new MinioPlan(nodes, drives, tls, size, settings);
    }

    /** Such as {@code MINIO_PROMETHEUS_AUTH_TYPE}, {@code public}. */
    public MinioPlan setting(String variable, String value) {
        var changed = new LinkedHashMap<>(settings);
        changed.put(variable, value);
        return new MinioPlan(nodes, drives, tls, megabytes, changed);
    }

    /** A new cluster that takes writes. */
    public MinioCluster start() {
        var cluster = new MinioCluster(this);
        try {
            cluster.startAll();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }
}
