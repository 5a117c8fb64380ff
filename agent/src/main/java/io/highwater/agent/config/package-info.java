// SPDX-License-Identifier: Apache-2.0
/**
 * The configuration: YAML files bound into records, or refused with every problem at its line.
 *
 * <p>{@link io.highwater.agent.config.ConfigFile} reads files, {@code YamlReader} makes {@code Yaml} of each, {@code
 * Binder} makes records of that as their {@code Shape} says, and {@code ClusterBinder} plans of the records. A new key
 * is a new component of a record, and nothing else.
 */
@NullMarked
package io.highwater.agent.config;

import org.jspecify.annotations.NullMarked;
