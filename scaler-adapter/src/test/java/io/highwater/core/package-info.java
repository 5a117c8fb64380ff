// SPDX-License-Identifier: Apache-2.0
/** What only core's own package may do, for tests of what stands on it. */
@NullMarked
package io.highwater.core;

import org.jspecify.annotations.NullMarked;
