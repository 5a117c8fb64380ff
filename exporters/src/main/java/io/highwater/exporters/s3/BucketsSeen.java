// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import java.util.List;

/**
 * The set-up of all buckets, as one endpoint told it.
 *
 * @param missing those that are not there
 */
record BucketsSeen(List<BucketSetup> buckets, List<String> missing) {
    BucketsSeen {
        buckets = List.copyOf(buckets);
        missing = List.copyOf(missing);
    }
}
