// SPDX-License-Identifier: Apache-2.0
/** The agent's log: events with keys and values, one line each, in the style of Prometheus. */
@NullMarked
package io.highwater.agent.log;

import org.jspecify.annotations.NullMarked;
