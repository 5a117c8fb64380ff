// SPDX-License-Identifier: Apache-2.0
/** What the agent knows of its own work: its meters, its log lines, its recent collections. */
@NullMarked
package io.highwater.agent.self;

import org.jspecify.annotations.NullMarked;
