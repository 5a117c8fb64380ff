// SPDX-License-Identifier: Apache-2.0
/** What Kubernetes' metrics APIs look like on the wire: selectors, quantities, lists of values, errors. No I/O. */
@NullMarked
package io.highwater.scaler.kube.wire;

import org.jspecify.annotations.NullMarked;
