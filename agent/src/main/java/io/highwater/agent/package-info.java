// SPDX-License-Identifier: Apache-2.0
/** The program: command line, configuration, HTTP endpoints, self-metrics, status page. */
@NullMarked
package io.highwater.agent;

import org.jspecify.annotations.NullMarked;
