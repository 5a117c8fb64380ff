// SPDX-License-Identifier: Apache-2.0
/** The HTTP side: the JDK's server with its edges filed off, in plain text or TLS. Knows nothing of metrics. */
@NullMarked
package io.highwater.core.web;

import org.jspecify.annotations.NullMarked;
