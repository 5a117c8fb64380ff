// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

/** TODO */
public record Snapshot() {}
