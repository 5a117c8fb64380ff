// SPDX-License-Identifier: Apache-2.0
/** Connections to Redis, for every exporter that reads from one. */
@NullMarked
package io.highwater.exporters.client.redis;

import org.jspecify.annotations.NullMarked;
