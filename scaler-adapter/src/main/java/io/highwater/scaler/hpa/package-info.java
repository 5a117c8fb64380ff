// SPDX-License-Identifier: Apache-2.0
/**
 * What Kubernetes' Horizontal Pod Autoscaler does with numbers: its algorithm as of 1.36, without a cluster, a thread or a
 * clock of its own. It explains beforehand what a number will lead to, and judges policies in simulations.
 */
@NullMarked
package io.highwater.scaler.hpa;

import org.jspecify.annotations.NullMarked;
