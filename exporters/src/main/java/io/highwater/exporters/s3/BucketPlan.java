// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Default;
import io.highwater.core.Doc;

/** What one bucket is to have: what it has not is a finding. */
public record BucketPlan(
        @Doc("versions: what is overwritten or deleted is kept") @Default("true")
        boolean versioning,

        @Doc("a rule that copies objects to another store") @Default("false")
        boolean replication,

        @Doc("object lock: what is written cannot be deleted before its time") @Default("false")
        boolean objectLock,

        @Doc("encryption of what is written without being asked for it") @Default("false")
        boolean encryption,

        @Doc("a lifecycle rule that removes old versions, or they fill the store") @Default("false")
        boolean lifecycle) {}
