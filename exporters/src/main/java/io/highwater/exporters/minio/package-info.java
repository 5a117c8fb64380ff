// SPDX-License-Identifier: Apache-2.0
/** MinIO servers: their own health endpoints and metrics, one by one. What any S3 store can be asked is elsewhere. */
@NullMarked
package io.highwater.exporters.minio;

import org.jspecify.annotations.NullMarked;
