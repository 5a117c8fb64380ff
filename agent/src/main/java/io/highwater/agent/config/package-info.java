// SPDX-License-Identifier: Apache-2.0
/** The configuration: YAML files bound into records, or refused with every problem at its line. */
@NullMarked
package io.highwater.agent.config;

import org.jspecify.annotations.NullMarked;
