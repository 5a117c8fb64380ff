// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a bucket was to have and has not, by the name of the check. What is not known is no finding, and not none. */
final class BucketFindings {

    /** Of a bucket that is not there, nothing else is known. */
    static final String BUCKET_MISSING = "bucket_missing";

    private BucketFindings() {}

    static Map<String, Boolean> of(BucketPlan plan, BucketSetup setup) {
        var findings = new TreeMap<String, Boolean>();
        findings.put(BUCKET_MISSING, false);
        if (plan.versioning()) {
            missing("bucket_not_versioned", setup.versioning(), findings);
        }
        if (plan.replication()) {
            var replicated = setup.replicationRules().isPresent()
                    ? Optional.of(setup.replicationRules().getAsInt() > 0)
                    : Optional.<Boolean>empty();
            missing("bucket_not_replicated", replicated, findings);
        }
        if (plan.objectLock()) {
            missing("bucket_not_locked", setup.objectLock(), findings);
        }
        if (plan.encryption()) {
            missing("bucket_not_encrypted", setup.encryption(), findings);
        }
        if (plan.lifecycle()) {
            missing("bucket_versions_never_expire", setup.expiresVersions(), findings);
        }
        return findings;
    }

    private static void missing(String check, Optional<Boolean> has, Map<String, Boolean> findings) {
        has.ifPresent(there -> findings.put(check, !there));
    }
}
