// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

/**
 * The replicas of a Deployment.
 *
 * @param asked what an autoscaler sets
 * @param existing pods that there are, pending or not
 */
public record DeploymentReplicas(int asked, int existing) {}
