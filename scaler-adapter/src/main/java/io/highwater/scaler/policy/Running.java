// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

/**
 * How many replicas a workload has.
 *
 * @param desired what it was last scaled to: what "hold" means
 * @param ready those that work; the desired ones where nobody says
 */
public record Running(int desired, int ready) {}
