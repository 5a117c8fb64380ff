// SPDX-License-Identifier: Apache-2.0
/**
 * What is seen from outside: does a service answer as it should, and how fast. A prober is a record of settings, which
 * says how it is written in the configuration, and a class that tries; {@link io.highwater.exporters.probe.ProbeCollector}
 * counts for all of them.
 */
@NullMarked
package io.highwater.exporters.probe;

import org.jspecify.annotations.NullMarked;
