// SPDX-License-Identifier: Apache-2.0
/** {@code highwater demo}: an agent that watches servers of our own, which its user may break. */
@NullMarked
package io.highwater.agent.demo;

import org.jspecify.annotations.NullMarked;
