// SPDX-License-Identifier: Apache-2.0
/** Alerts as data, and the files that Prometheus and Alertmanager read. */
@NullMarked
package io.highwater.rules;

import org.jspecify.annotations.NullMarked;
