// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.cli;

import java.io.PrintStream;

/** Where a command writes to. */
public record Console(PrintStream out, PrintStream err) {}
