// SPDX-License-Identifier: Apache-2.0
/** The exporter for tables of work in Postgres: transactional outboxes, and rows that are claimed and go through states. */
@NullMarked
package io.highwater.exporters.outbox;

import org.jspecify.annotations.NullMarked;
