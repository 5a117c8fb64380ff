// SPDX-License-Identifier: Apache-2.0
/** Connections to Postgres, for every exporter that reads from one. */
@NullMarked
package io.highwater.exporters.client.postgres;

import org.jspecify.annotations.NullMarked;
