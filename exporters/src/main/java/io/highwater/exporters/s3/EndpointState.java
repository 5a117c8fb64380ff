// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

/** How the newest probe through one endpoint ended. */
record EndpointState(String endpoint, boolean serves) {}
