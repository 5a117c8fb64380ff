// SPDX-License-Identifier: Apache-2.0
/** Where the agent meets autoscalers: Kubernetes' metrics APIs, KEDA, and pages for people. */
@NullMarked
package io.highwater.agent.scaling;

import org.jspecify.annotations.NullMarked;
