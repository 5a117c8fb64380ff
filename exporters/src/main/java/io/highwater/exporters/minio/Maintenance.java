// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

/**
 * Whether one server may be taken down now, as it says itself.
 *
 * @param healing whether drives are being filled again, which alone forbids it
 */
record Maintenance(boolean safe, boolean healing) {}
