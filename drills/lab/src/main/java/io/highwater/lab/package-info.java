// SPDX-License-Identifier: Apache-2.0
/** Real servers and job queues on one machine, for tests, the demo and the drills. */
@NullMarked
package io.highwater.lab;

import org.jspecify.annotations.NullMarked;
