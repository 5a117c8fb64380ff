// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

/**
 * A limit that was below what was wanted.
 *
 * @param guard its kind: {@code connections}, {@code dependency}, {@code rateLimit}, {@code ceiling}, {@code ineffective},
 *     {@code max}
 * @param replicas how many it allows
 * @param reason with its numbers
 */
public record Cap(String guard, int replicas, String reason) {}
