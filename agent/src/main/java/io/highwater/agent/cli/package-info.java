// SPDX-License-Identifier: Apache-2.0
/**
 * A command line, as the field's own tools have it. Not a library's: the one for the job takes 100 ms at start, a fifth of
 * what the whole program may take, and its old class files cannot come from the AOT cache.
 */
@NullMarked
package io.highwater.agent.cli;

import org.jspecify.annotations.NullMarked;
