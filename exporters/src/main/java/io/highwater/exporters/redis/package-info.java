// SPDX-License-Identifier: Apache-2.0
/** Redis and Valkey: servers, replicas, Sentinels, Redis Cluster. */
@NullMarked
package io.highwater.exporters.redis;

import org.jspecify.annotations.NullMarked;
