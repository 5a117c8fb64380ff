// SPDX-License-Identifier: Apache-2.0
/** S3 stores of any kind, as their users see them: whether objects come back as they were written, and how buckets are set up. */
@NullMarked
package io.highwater.exporters.s3;

import org.jspecify.annotations.NullMarked;
