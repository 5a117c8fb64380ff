// SPDX-License-Identifier: Apache-2.0
/** A log: events with keys and values, one line each, in the style of Prometheus. */
@NullMarked
package io.highwater.core.log;

import org.jspecify.annotations.NullMarked;
