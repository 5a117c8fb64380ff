// SPDX-License-Identifier: Apache-2.0
/** What Kubernetes says of the workloads that policies are for: their replicas and their autoscalers. */
@NullMarked
package io.highwater.scaler.kube.workload;

import org.jspecify.annotations.NullMarked;
