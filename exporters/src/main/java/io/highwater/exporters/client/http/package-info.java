// SPDX-License-Identifier: Apache-2.0
/** Connections to HTTP servers, for every exporter that asks one. */
@NullMarked
package io.highwater.exporters.client.http;

import org.jspecify.annotations.NullMarked;
