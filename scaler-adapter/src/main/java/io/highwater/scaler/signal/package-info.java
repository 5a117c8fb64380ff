// SPDX-License-Identifier: Apache-2.0
/** Signals: named numbers, each with the time it was sampled at and how good it is, made of the agent's snapshots. */
@NullMarked
package io.highwater.scaler.signal;

import org.jspecify.annotations.NullMarked;
