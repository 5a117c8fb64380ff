// SPDX-License-Identifier: Apache-2.0
/** What every exporter needs to ask a backend, whichever it is. */
@NullMarked
package io.highwater.exporters.client;

import org.jspecify.annotations.NullMarked;
