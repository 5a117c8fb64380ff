// SPDX-License-Identifier: Apache-2.0
/** Who asks an aggregated API server and what they may, as Kubernetes' own extension servers find it out. */
@NullMarked
package io.highwater.scaler.kube.auth;

import org.jspecify.annotations.NullMarked;
