// SPDX-License-Identifier: Apache-2.0
/** Pages of metrics in Prometheus' text formats, for every exporter that reads one. */
@NullMarked
package io.highwater.exporters.client.page;

import org.jspecify.annotations.NullMarked;
