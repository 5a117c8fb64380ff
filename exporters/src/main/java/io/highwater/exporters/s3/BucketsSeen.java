// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import java.util.List;

/** The set-up of all buckets, as one endpoint told it. */
record BucketsSeen(List<BucketSetup> buckets) {
    BucketsSeen {
        buckets = List.copyOf(buckets);
    }
}
