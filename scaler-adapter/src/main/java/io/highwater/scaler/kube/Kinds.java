// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.scaler.ObjectReference;
import io.highwater.scaler.kube.wire.ValueList.DescribedObject;
import java.util.Map;

/** The kinds of the resources that metrics are commonly of. */
final class Kinds {

    private static final Kind UNKNOWN = new Kind("", "");

    private static final Map<String, Kind> OF = Map.ofEntries(
            Map.entry("daemonsets.apps", new Kind("DaemonSet", "apps/v1")),
            Map.entry("deployments.apps", new Kind("Deployment", "apps/v1")),
            Map.entry("replicasets.apps", new Kind("ReplicaSet", "apps/v1")),
            Map.entry("statefulsets.apps", new Kind("StatefulSet", "apps/v1")),
            Map.entry("cronjobs.batch", new Kind("CronJob", "batch/v1")),
            Map.entry("jobs.batch", new Kind("Job", "batch/v1")),
            Map.entry("ingresses.networking.k8s.io", new Kind("Ingress", "networking.k8s.io/v1")),
            Map.entry("namespaces", new Kind("Namespace", "v1")),
            Map.entry("persistentvolumeclaims", new Kind("PersistentVolumeClaim", "v1")),
            Map.entry("pods", new Kind("Pod", "v1")),
            Map.entry("replicationcontrollers", new Kind("ReplicationController", "v1")),
            Map.entry("services", new Kind("Service", "v1")));

    private Kinds() {}

    private record Kind(String name, String apiVersion) {}

    /** Without its kind when the resource is another: an autoscaler does not look at it. */
    static DescribedObject describe(ObjectReference object) {
        Kind kind = OF.getOrDefault(object.resource(), UNKNOWN);
        return new DescribedObject(kind.name, object.namespace(), object.name(), kind.apiVersion);
    }
}
