// SPDX-License-Identifier: Apache-2.0
/** Numbers of other programs, as inputs for signals: what a Prometheus answers, and pages in its text formats. */
@NullMarked
package io.highwater.exporters.prometheus;

import org.jspecify.annotations.NullMarked;
