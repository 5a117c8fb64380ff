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
 * @param settings environment variables of every node, over the lab's own
 */
public record MinioPlan(int nodes, int drives, boolean tls, Map<String, String> settings) {

    public MinioPlan {
        if (nodes < 1 || drives < 1) {
            throw new IllegalArgumentException("there must be a node and a drive");
        }
        settings = Map.copyOf(settings);
    }

    public MinioPlan nodes(int count, int drivesOfEach) {
        return new MinioPlan(count, drivesOfEach, tls, settings);
    }

    /** The certificates are {@link MinioCluster#tls()}. */
    public MinioPlan withTls() {
        return new MinioPlan(nodes, drives, true, settings);
    }

    /** Such as {@code MINIO_PROMETHEUS_AUTH_TYPE}, {@code public}. */
    public MinioPlan setting(String variable, String value) {
        var changed = new LinkedHashMap<>(settings);
        changed.put(variable, value);
        return new MinioPlan(nodes, drives, tls, changed);
    }

    /** A new cluster that takes writes, all of whose drives are online. */
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
