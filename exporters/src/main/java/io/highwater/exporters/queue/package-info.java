// SPDX-License-Identifier: Apache-2.0
/** Job queues: BullMQ, and what others keep in Redis. */
@NullMarked
package io.highwater.exporters.queue;

import org.jspecify.annotations.NullMarked;
