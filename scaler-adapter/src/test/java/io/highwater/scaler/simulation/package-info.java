// SPDX-License-Identifier: Apache-2.0
/** Workloads in virtual time, to try policies and autoscalers on. */
@NullMarked
package io.highwater.scaler.simulation;

import org.jspecify.annotations.NullMarked;
