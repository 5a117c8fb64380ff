// SPDX-License-Identifier: Apache-2.0
/**
 * Numbers for autoscalers: what is read from outside by name. Signals and policies make them; Kubernetes' metrics APIs,
 * KEDA and people read them.
 */
@NullMarked
package io.highwater.scaler;

import org.jspecify.annotations.NullMarked;
