// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

/**
 * What one attempt says to the cluster.
 *
 * @param ofService whether users see what it tries: a service, not a file beside it
 */
record ProbeState(boolean succeeded, boolean ofService) {}
