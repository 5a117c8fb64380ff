// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static io.highwater.core.Family.Kind.GAUGE;
import static io.highwater.core.Family.compatible;
import static io.highwater.core.Family.gauge;

import io.highwater.core.Availability;
import io.highwater.core.Family;
import io.highwater.core.Ha;
import java.util.List;
import java.util.stream.Stream;

/** What every server says of all of them, once for the cluster, and what follows from it. */
final class ClusterFamilies {

    private static final String HEALTH_SOURCE = "v3 /cluster/health, v2 cluster";
    private static final String SET_SOURCE = "v3 /cluster/erasure-set, v2 cluster";
    private static final String USAGE_SOURCE = "v3 /cluster/usage/objects, v2 cluster";
    private static final String BUCKET_SOURCE = "v3 /cluster/usage/buckets, v2 bucket";

    static final Family WRITABLE = gauge(
                    "minio_cluster_writable", "Whether a server finds enough drives to write in every erasure set.")
            .from("/minio/health/cluster of all nodes");
    static final Family READABLE = gauge(
                    "minio_cluster_readable", "Whether a server finds enough drives to read in every erasure set.")
            .from("/minio/health/cluster/read of all nodes");

    static final Family DRIVES = gauge(
                    "minio_cluster_drives", "Drives: online or offline, as MinIO has it, up to a minute old.")
            .from(HEALTH_SOURCE)
            .by("state");
    static final Family NODES = gauge(
                    "minio_cluster_nodes", "Servers: online or offline, as MinIO has it, up to a minute old.")
            .from(HEALTH_SOURCE)
            .by("state");
    static final Family RAW_TOTAL = compatible(
                    "minio_cluster_capacity_raw_total_bytes", GAUGE, "Size of all drives that are online.")
            .from(HEALTH_SOURCE);
    static final Family RAW_FREE = compatible(
                    "minio_cluster_capacity_raw_free_bytes", GAUGE, "Free space of all drives that are online.")
            .from(HEALTH_SOURCE);
    static final Family USABLE_TOTAL = compatible(
                    "minio_cluster_capacity_usable_total_bytes", GAUGE, "What of the drives' size is not for parity.")
            .from(HEALTH_SOURCE);
    static final Family USABLE_FREE = compatible(
                    "minio_cluster_capacity_usable_free_bytes", GAUGE, "What of the free space is not for parity.")
            .from(HEALTH_SOURCE);
    static final Family PARITY = gauge(
                    "minio_cluster_parity_drives", "Drives of a set that may be lost without losing new objects.")
            .from("v3 /cluster/config, v2 node");

    static final Family SET_ONLINE = set("online_drives", "Drives of the set that are online, healing ones included.");
    static final Family SET_HEALING = set("healing_drives", "Drives of the set that are being filled again.");
    static final Family SET_READ_QUORUM = set("read_quorum", "Drives of the set without which nothing is read.");
    static final Family SET_WRITE_QUORUM = set("write_quorum", "Drives of the set without which nothing is written.");
    static final Family READ_TOLERANCE =
            set("read_tolerance", "Drives of the set that may fail before reads stop, as MinIO's metrics have it.");
    static final Family WRITE_TOLERANCE =
            set("write_tolerance", "Drives of the set that may fail before writes stop, as MinIO's metrics have it.");

    static final Family USAGE = compatible("minio_cluster_usage_total_bytes", GAUGE, "Size of all objects.")
            .from(USAGE_SOURCE);
    static final Family OBJECTS =
            gauge("minio_cluster_usage_objects", "All objects.").from(USAGE_SOURCE);
    static final Family VERSIONS =
            gauge("minio_cluster_usage_versions", "All versions of objects.").from(USAGE_SOURCE);
    static final Family DELETE_MARKERS =
            gauge("minio_cluster_usage_delete_markers", "All delete markers.").from(USAGE_SOURCE);
    static final Family BUCKETS = gauge("minio_cluster_buckets", "Buckets.").from(USAGE_SOURCE);
    static final Family USAGE_UPDATED = gauge(
                    "minio_usage_updated_timestamp_seconds",
                    "When the scanner last told how much there is, by the agent's clock.")
            .from("v3 /cluster/usage/objects since_last_update_seconds, v2 bucket last_activity");
    static final Family BUCKET_USAGE = compatible(
                    "minio_bucket_usage_total_bytes", GAUGE, "Size of a bucket's objects.")
            .from(BUCKET_SOURCE)
            .by("bucket");
    static final Family BUCKET_OBJECTS = gauge("minio_bucket_usage_objects", "Objects of a bucket.")
            .from(BUCKET_SOURCE)
            .by("bucket");
    static final Family BUCKET_VERSIONS = gauge("minio_bucket_usage_versions", "Versions of a bucket's objects.")
            .from(BUCKET_SOURCE)
            .by("bucket");
    static final Family BUCKET_DELETE_MARKERS = gauge(
                    "minio_bucket_usage_delete_markers", "Delete markers of a bucket.")
            .from(BUCKET_SOURCE)
            .by("bucket");
    static final Family BUCKET_QUOTA = compatible(
                    "minio_bucket_quota_total_bytes", GAUGE, "How large a bucket may become; absent without a quota.")
            .from(BUCKET_SOURCE)
            .by("bucket");

    static final List<Family> ALL = Stream.concat(
                    Stream.of(
                            WRITABLE,
                            READABLE,
                            DRIVES,
                            NODES,
                            RAW_TOTAL,
                            RAW_FREE,
                            USABLE_TOTAL,
                            USABLE_FREE,
                            PARITY,
                            SET_ONLINE,
                            SET_HEALING,
                            SET_READ_QUORUM,
                            SET_WRITE_QUORUM,
                            READ_TOLERANCE,
                            WRITE_TOLERANCE,
                            USAGE,
                            OBJECTS,
                            VERSIONS,
                            DELETE_MARKERS,
                            BUCKETS,
                            USAGE_UPDATED,
                            BUCKET_USAGE,
                            BUCKET_OBJECTS,
                            BUCKET_VERSIONS,
                            BUCKET_DELETE_MARKERS,
                            BUCKET_QUOTA,
                            Ha.MEMBERS,
                            Ha.QUORUM_MARGIN,
                            Ha.NODE_MAINTENANCE_SAFE),
                    Availability.FAMILIES.stream())
            .toList();

    private ClusterFamilies() {}

    /** MinIO's own names of v2, where it has the number. */
    private static Family set(String what, String help) {
        return compatible("minio_cluster_health_erasure_set_" + what, GAUGE, help)
                .from(SET_SOURCE)
                .by("pool", "set");
    }
}
