// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.client;

/**
 * How many replicas a workload has.
 *
 * @param wanted as its specification says
 * @param running as its controller counts them, ready or not: what an autoscaler goes by
 */
public record Scale(int wanted, int running) {

    /** What is 0 in the specification, Kubernetes leaves out. */
    static Scale of(Json scale) throws ApiServerException {
        if (!scale.at("status").isPresent() || !scale.at("spec").isPresent()) {
            throw new ApiServerException("the answer is no scale: it has no spec or no status");
        }
        return new Scale(replicas(scale, "spec"), replicas(scale, "status"));
    }

    private static int replicas(Json scale, String part) {
        return Math.toIntExact(scale.at(part, "replicas").whole().orElse(0));
    }
}
