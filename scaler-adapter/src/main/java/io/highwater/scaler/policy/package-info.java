// SPDX-License-Identifier: Apache-2.0
/** Policies: how many replicas a workload wants, made of signals, and why. */
@NullMarked
package io.highwater.scaler.policy;

import org.jspecify.annotations.NullMarked;
