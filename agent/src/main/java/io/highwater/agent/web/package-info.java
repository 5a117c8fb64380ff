// SPDX-License-Identifier: Apache-2.0
/**
 * The web configuration file that Prometheus' exporters share (TLS, client certificates, basic authentication, headers,
 * rate limit), and the web server behind it.
 */
@NullMarked
package io.highwater.agent.web;

import org.jspecify.annotations.NullMarked;
