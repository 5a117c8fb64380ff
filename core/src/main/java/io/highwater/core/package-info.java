// SPDX-License-Identifier: Apache-2.0
/** What everything stands on: families, collections, snapshots, exposition. No backend I/O. */
@NullMarked
package io.highwater.core;

import org.jspecify.annotations.NullMarked;
