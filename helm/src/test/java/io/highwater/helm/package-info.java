// SPDX-License-Identifier: Apache-2.0
/** The tests of the chart. */
@NullMarked
package io.highwater.helm;

import org.jspecify.annotations.NullMarked;
