// SPDX-License-Identifier: Apache-2.0
/** The exporter for PostgreSQL 13 to 18. */
@NullMarked
package io.highwater.exporters.postgres;

import org.jspecify.annotations.NullMarked;
