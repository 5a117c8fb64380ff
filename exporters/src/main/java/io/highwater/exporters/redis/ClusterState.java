// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import io.highwater.exporters.client.redis.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one server knows of the Redis Cluster that it is in, from CLUSTER NODES.
 *
 * @param epoch the newest configuration epoch that it has seen
 * @param members every server that it knows, itself among them
 */
record ClusterState(long epoch, List<Member> members) {

    static final int SLOTS = 16384;

    /** That it is in one, and no more. */
    static final ClusterState UNKNOWN = new ClusterState(0, List.of());

    /**
     * One server of the Cluster.
     *
     * @param self whether it is the one who tells
     * @param failing whether the one who tells, or a majority, takes it for failing
     * @param master the id of the master that it copies; empty when it is one
     * @param ranges the slots that it owns, such as {@code 0-5460}
     */
    record Member(String id, boolean self, boolean failing, String master, Set<String> ranges) {

        boolean ownsSlots() {
            return !ranges.isEmpty();
        }
    }

    /** Reads lines of {@code id address flags master ping pong epoch link slots…}. */
    static ClusterState parse(Fields info, String nodes) {
        var members = new ArrayList<Member>();
        for (var line : nodes.split("\n", -1)) {
            var words = line.strip().split(" ", -1);
            if (words.length >= 8 && !words[2].contains("noaddr") && !words[2].contains("handshake")) {
                members.add(member(words));
            }
        }
        members.sort(Comparator.comparing(Member::id));
        return new ClusterState(info.whole("cluster_current_epoch").orElse(0), List.copyOf(members));
    }

    private static Member member(String[] words) {
        var flags = Set.of(words[2].split(",", -1));
        var ranges = new HashSet<String>();
        for (int i = 8; i < words.length; i++) {
            // A slot that moves is told as [slot->-id] beside the range that has it.
            if (!words[i].startsWith("[")) {
                ranges.add(words[i]);
            }
        }
        return new Member(
                words[0],
                flags.contains("myself"),
                flags.contains("fail") || flags.contains("fail?"),
                words[3].equals("-") ? "" : words[3],
                Set.copyOf(ranges));
    }
}
