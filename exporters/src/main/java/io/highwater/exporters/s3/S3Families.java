// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import static io.highwater.core.Family.counter;
import static io.highwater.core.Family.gauge;

import io.highwater.core.Availability;
import io.highwater.core.Family;
import io.highwater.core.Ha;
import io.highwater.core.ServiceLevel;
import java.util.List;
import java.util.stream.Stream;

/** What is told of a store. */
final class S3Families {

    private static final String CLOCK = "the agent's clock";

    static final Family UP = gauge(
                    "s3_up", "Whether the newest probe of the endpoint succeeded, whatever it is set up to try.")
            .from("outcome of the probe collector");

    static final Family STEP_SUCCESS = gauge(
                    "s3_probe_step_success", "Whether the step of the newest probe succeeded; absent when not tried.")
            .from("PUT, HEAD, GET, DELETE of the probe's object; read-only: HEAD of the bucket, GET")
            .by("step");
    static final Family STEP_DURATION = gauge(
                    "s3_probe_step_duration_seconds",
                    "How long the step took, until its answer was read; absent when it failed.")
            .from(CLOCK)
            .by("step");
    static final Family DURATION = gauge("s3_probe_duration_seconds", "How long the newest probe took.")
            .from(CLOCK);
    static final Family WRITES =
            gauge("s3_probe_writes", "Whether the probe writes.").from("configuration");
    static final Family CLOCK_OFFSET = gauge(
                    "s3_clock_offset_seconds",
                    "How far the endpoint's clock is ahead of the agent's; give or take half of a second and of an answer's time.")
            .from("header Date, the agent's clock");
    static final ServiceLevel.Families SERVICE_LEVEL = ServiceLevel.Families.of("s3_probe");

    static final List<Family> OF_PROBE = Stream.concat(
                    Stream.of(STEP_SUCCESS, STEP_DURATION, DURATION, WRITES, CLOCK_OFFSET),
                    SERVICE_LEVEL.all().stream())
            .toList();

    static final Family LEFTOVERS_REMOVED = counter(
                    "s3_probe_leftovers_removed_total",
                    "Objects, versions and markers that killed agents had left and that this one removed.")
            .from("ListObjectVersions below the prefix");

    static final List<Family> OF_LEFTOVERS = List.of(LEFTOVERS_REMOVED);

    static final Family VERSIONING = ofBucket(
            "s3_bucket_versioning_enabled",
            "Whether the bucket keeps what is overwritten or deleted; 0 when suspended.",
            "GetBucketVersioning");
    static final Family REPLICATION_RULES = ofBucket(
            "s3_bucket_replication_rules",
            "Enabled rules that copy the bucket's objects to another.",
            "GetBucketReplication");
    static final Family OBJECT_LOCK = ofBucket(
            "s3_bucket_object_lock_enabled",
            "Whether objects of the bucket can be locked against deletion.",
            "GetObjectLockConfiguration");
    static final Family RETENTION = ofBucket(
            "s3_bucket_default_retention_seconds",
            "How long a new object cannot be deleted when nobody says otherwise; 0 without a default.",
            "GetObjectLockConfiguration");
    static final Family LIFECYCLE_RULES = ofBucket(
            "s3_bucket_lifecycle_rules",
            "Enabled rules that remove or move objects by their age.",
            "GetBucketLifecycleConfiguration");
    static final Family ENCRYPTION = ofBucket(
            "s3_bucket_encryption_enabled",
            "Whether objects are encrypted without being asked for it.",
            "GetBucketEncryption");

    static final List<Family> DERIVED = List.of(
            VERSIONING,
            REPLICATION_RULES,
            OBJECT_LOCK,
            RETENTION,
            LIFECYCLE_RULES,
            ENCRYPTION,
            Ha.CONFIG_FINDING,
            Ha.MEMBERS,
            Ha.QUORUM_MARGIN,
            Availability.OBSERVED,
            Availability.UNAVAILABLE,
            Availability.OUTAGE);

    private S3Families() {}

    private static Family ofBucket(String name, String help, String source) {
        return gauge(name, help).from(source).by("bucket");
    }
}
