// SPDX-License-Identifier: Apache-2.0
/** NATS servers with JetStream, over the JetStream API and over their monitoring ports. */
@NullMarked
package io.highwater.exporters.jetstream;

import org.jspecify.annotations.NullMarked;
