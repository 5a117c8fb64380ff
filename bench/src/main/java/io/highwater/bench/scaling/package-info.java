// SPDX-License-Identifier: Apache-2.0
/** How soon and at what cost autoscalers get their numbers. */
@NullMarked
package io.highwater.bench.scaling;

import org.jspecify.annotations.NullMarked;
