// SPDX-License-Identifier: Apache-2.0
/** What the agent answers over HTTP. */
@NullMarked
package io.highwater.agent.pages;

import org.jspecify.annotations.NullMarked;
