// SPDX-License-Identifier: Apache-2.0
/**
 * KEDA's external scaler: its five calls over gRPC, answered from memory. The contract is {@code externalscaler.proto} of
 * KEDA 2.21, and what its operator does with the answers is in docs/keda.md.
 */
@NullMarked
package io.highwater.scaler.keda;

import org.jspecify.annotations.NullMarked;
