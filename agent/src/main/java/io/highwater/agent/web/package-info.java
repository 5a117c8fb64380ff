// SPDX-License-Identifier: Apache-2.0
/**
 * The HTTP side: the JDK's server with its edges filed off, and the web configuration file that Prometheus' exporters
 * share (TLS, client certificates, basic authentication, headers, rate limit). Knows nothing of metrics.
 */
@NullMarked
package io.highwater.agent.web;

import org.jspecify.annotations.NullMarked;
