// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.auth;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who asks.
 *
 * @param uid empty when it is not known
 * @param extra whatever else the cluster knows of the user
 */
public record Caller(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    static final Caller ANONYMOUS = new Caller("system:anonymous", "", List.of("system:unauthenticated"), Map.of());

    private static final String AUTHENTICATED = "system:authenticated";
    private static final String MASTERS = "system:masters";

    public Caller {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** The same as a member of the group that all are in who said who they are. */
    static Caller authenticated(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
        List<String> all = groups.contains(AUTHENTICATED)
                ? groups
                : Stream.concat(groups.stream(), Stream.of(AUTHENTICATED)).toList();
        return new Caller(name, uid, all, extra);
    }

    boolean mayDoAnything() {
        return groups.contains(MASTERS);
    }
}
