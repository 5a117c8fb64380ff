// SPDX-License-Identifier: Apache-2.0
/** Grafana dashboards as data, and how they become files. */
@NullMarked
package io.highwater.dashboards;

import org.jspecify.annotations.NullMarked;
