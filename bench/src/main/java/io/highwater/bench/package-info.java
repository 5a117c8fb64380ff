// SPDX-License-Identifier: Apache-2.0
/** Measurements. */
@NullMarked
package io.highwater.bench;

import org.jspecify.annotations.NullMarked;
