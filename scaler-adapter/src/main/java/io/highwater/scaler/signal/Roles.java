// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import io.highwater.core.FamilyLines;
import io.highwater.core.Ha;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which role each node has now, by {@code ha_role_info}. A node that does not answer has none. */
final class Roles {

    private record Component(String cluster, String name) {}

    private record Known(Slot slot, long endedNanos, Map<String, String> byNode) {}

    private final Map<Component, Known> components = new ConcurrentHashMap<>();

    void note(Slot slot, Snapshot snapshot) {
        snapshot.lines().stream()
                .filter(lines -> lines.family().equals(Ha.ROLE))
                .findFirst()
                .ifPresent(lines ->
                        components.put(of(slot.target()), new Known(slot, snapshot.endedNanos(), byNode(lines))));
    }

    private static Component of(Target target) {
        return new Component(target.cluster(), target.component());
    }

    private static Map<String, String> byNode(FamilyLines lines) {
        int node = Ha.ROLE.labels().indexOf("node");
        int role = Ha.ROLE.labels().indexOf("role");
        var roles = new HashMap<String, String>();
        for (int i = 0; i < lines.series(); i++) {
            roles.put(lines.labelValues(i).get(node), lines.labelValues(i).get(role));
        }
        return roles;
    }

    /** The role of the target's node; empty when it has none, or nobody has said so recently. */
    String of(Target target, long nowNanos) {
        var known = components.get(of(target));
        if (known == null
                || nowNanos - known.endedNanos > known.slot.schedule().maxAge().toNanos()) {
            return "";
        }
        return known.byNode.getOrDefault(target.node(), "");
    }
}
