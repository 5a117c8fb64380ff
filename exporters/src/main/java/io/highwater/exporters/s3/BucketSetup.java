// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one bucket is set up, as far as the store says it: what may not be asked, or is not known there, is empty.
 *
 * @param versioning whether versions are kept, now and not only of before
 * @param replicationRules that are enabled
 * @param retention of new objects when nobody says otherwise; zero without a default
 * @param lifecycleRules that are enabled
 * @param expiresVersions whether one of these removes old versions
 */
record BucketSetup(
        String bucket,
        Optional<Boolean> versioning,
        OptionalInt replicationRules,
        Optional<Boolean> objectLock,
        Optional<Duration> retention,
        OptionalInt lifecycleRules,
        Optional<Boolean> expiresVersions,
        Optional<Boolean> encryption) {}
