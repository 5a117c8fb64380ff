// SPDX-License-Identifier: Apache-2.0
/** Signals and policies at work: fed by collections, decided every second, read by name. */
@NullMarked
package io.highwater.scaler.engine;

import org.jspecify.annotations.NullMarked;
