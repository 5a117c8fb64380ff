// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.time.Instant;
import java.util.Optional;

/**
 * The newest block that a node knows, and how the node is.
 *
 * @param time that the block says it was made at
 * @param syncing whether the node says that it is catching up; empty when it does not say
 * @param peers how many other nodes it is connected to; empty when it does not say
 */
record ChainHead(long height, Instant time, Optional<Boolean> syncing, Optional<Long> peers) {}
