// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The drives that keep the parts of the same objects, as MinIO's metrics have them: up to a minute old.
 *
 * @param online of them, healing ones included
 * @param healing those that are being filled again; they take what is written and lack what was
 */
record ErasureSet(Name name, int online, int healing, int readQuorum, int writeQuorum) {

    /** The numbers of its pool and of the set in it, from 0. */
    record Name(String pool, String set) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return pool + "/" + set;
        }
    }

    /** Sets of which all four numbers are known. */
    static List<ErasureSet> of(List<Reading> readings) {
        var numbers = new TreeMap<Name, TreeMap<String, Integer>>();
        for (var reading : readings) {
            if (reading.family().labels().equals(ClusterFamilies.SET_ONLINE.labels())) {
                numbers.computeIfAbsent(
                                new Name(
                                        reading.labels().get(0),
                                        reading.labels().get(1)),
                                _ -> new TreeMap<>())
                        .put(reading.family().name(), (int) reading.value());
            }
        }
        var sets = new ArrayList<ErasureSet>();
        numbers.forEach((name, of) -> {
            var online = of.get(ClusterFamilies.SET_ONLINE.name());
            var healing = of.get(ClusterFamilies.SET_HEALING.name());
            var read = of.get(ClusterFamilies.SET_READ_QUORUM.name());
            var write = of.get(ClusterFamilies.SET_WRITE_QUORUM.name());
            if (online != null && healing != null && read != null && write != null) {
                sets.add(new ErasureSet(name, online, healing, read, write));
            }
        });
        return sets;
    }

    /** Drives that may fail before writes stop; below 0 they have. MinIO's own number counts healing drives twice. */
    int writeTolerance() {
        return online - writeQuorum;
    }

    /** Drives that may fail before reads stop of what was written before a healing drive was filled. */
    int readTolerance() {
        return online - healing - readQuorum;
    }

    void addTo(Samples out) {
        out.add(ClusterFamilies.SET_ONLINE, online, name.pool(), name.set());
        out.add(ClusterFamilies.SET_HEALING, healing, name.pool(), name.set());
        out.add(ClusterFamilies.SET_READ_QUORUM, readQuorum, name.pool(), name.set());
        out.add(ClusterFamilies.SET_WRITE_QUORUM, writeQuorum, name.pool(), name.set());
        out.add(ClusterFamilies.READ_TOLERANCE, readTolerance(), name.pool(), name.set());
        out.add(ClusterFamilies.WRITE_TOLERANCE, writeTolerance(), name.pool(), name.set());
    }
}
