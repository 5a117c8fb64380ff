// SPDX-License-Identifier: Apache-2.0
/** A client of Kubernetes' API server: as much of one as reading and reviewing takes. */
@NullMarked
package io.highwater.scaler.kube.client;

import org.jspecify.annotations.NullMarked;
