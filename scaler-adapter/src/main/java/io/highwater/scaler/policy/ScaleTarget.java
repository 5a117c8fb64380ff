// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import io.highwater.scaler.ObjectReference;
import java.util.Map;

/** The workload that a policy is for, written {@code namespace/deployment/name}. */
record ScaleTarget(ObjectReference object) {

    /** The kinds that have a short name, as kubectl knows them. */
    private static final Map<String, String> RESOURCES = Map.of(
            "deployment", "deployments.apps",
            "deploy", "deployments.apps",
            "statefulset", "statefulsets.apps",
            "sts", "statefulsets.apps",
            "replicaset", "replicasets.apps",
            "rs", "replicasets.apps");

    /** Throws {@link IllegalArgumentException} for anything else; a resource may also be given as {@code workers.example.org}. */
    static ScaleTarget parse(String text) {
        var parts = text.split("/", -1);
        Required.that(
                parts.length == 3 && !parts[0].isEmpty() && !parts[2].isEmpty(),
                "scale: \"" + text + "\" is not namespace/deployment/name");
        var resource = RESOURCES.getOrDefault(parts[1], parts[1]);
        Required.that(
                resource.indexOf('.') > 0,
                "scale: \"" + parts[1] + "\" is not deployment, statefulset or a plural with its group such as"
                        + " workers.example.org");
        return new ScaleTarget(new ObjectReference(parts[0], resource, parts[2]));
    }
}
