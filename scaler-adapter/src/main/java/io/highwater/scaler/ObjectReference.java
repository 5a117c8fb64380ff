// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler;

/**
 * A namespaced object of Kubernetes.
 *
 * @param namespace where it is
 * @param resource its plural and its API group, in the form that kubectl takes: {@code deployments.apps},
 *     {@code services}
 * @param name its own
 */
public record ObjectReference(String namespace, String resource, String name) {

    @Override
    public String toString() {
        return namespace + "/" + resource + "/" + name;
    }
}
