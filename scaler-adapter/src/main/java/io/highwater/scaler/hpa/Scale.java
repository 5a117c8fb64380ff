// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

/**
 * The replicas of a workload.
 *
 * @param spec that are asked for
 * @param status that there are, whether they work or not
 * @param ready that work
 */
public record Scale(int spec, int status, int ready) {

    /** All that are asked for work. */
    public static Scale of(int replicas) {
        return new Scale(replicas, replicas, replicas);
    }
}
