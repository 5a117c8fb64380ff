// SPDX-License-Identifier: Apache-2.0
/** The lab's servers as JUnit extensions. JUnit is an optional dependency: only who uses this package needs it. */
@NullMarked
package io.highwater.lab.junit;

import org.jspecify.annotations.NullMarked;
