// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.Family;
import java.util.List;

/** What is read where: our families in the words of MinIO's metrics v3 and v2. */
final class Pages {

    private static final String REQUESTS = "minio_api_requests_total";
    private static final String V2_REQUESTS = "minio_s3_requests_total";
    private static final String DRIVE = "minio_system_drive_total_bytes";
    private static final String PEERS = "minio_system_network_internode_sent_bytes_total";
    private static final String SET = "minio_cluster_erasure_set_read_quorum";
    private static final String ALL_DRIVES = "minio_cluster_health_drives_count";
    private static final String USAGE_AGE = "minio_cluster_usage_objects_since_last_update_seconds";
    private static final String BUCKET_SIZE = "minio_cluster_usage_buckets_total_bytes";

    private static final double NANOS = 1e-9;
    private static final double MICROS = 1e-6;

    /** Each server's own. */
    static final List<MetricsPage> NODE = List.of(
            new MetricsPage(
                    "/api/requests",
                    "node",
                    List.of(
                            Term.of(NodeFamilies.REQUESTS, REQUESTS, V2_REQUESTS),
                            ofCalls(NodeFamilies.ERRORS_4XX, "4xx_errors_total"),
                            ofCalls(NodeFamilies.ERRORS_5XX, "5xx_errors_total"),
                            ofCalls(NodeFamilies.CANCELED, "canceled_total"),
                            ofCalls(NodeFamilies.IN_FLIGHT, "inflight_total"),
                            Term.of(
                                    NodeFamilies.TIME_TO_FIRST_BYTE,
                                    "minio_api_requests_ttfb_seconds_distribution",
                                    "minio_s3_requests_ttfb_seconds_distribution"),
                            Term.of(
                                            NodeFamilies.WAITING,
                                            "minio_api_requests_waiting_total",
                                            "minio_s3_requests_waiting_total")
                                    .zeroWhenSilent(),
                            rejected("auth"),
                            rejected("header"),
                            rejected("timestamp"),
                            rejected("invalid"),
                            Term.of(
                                            NodeFamilies.RECEIVED,
                                            "minio_api_requests_traffic_received_bytes",
                                            "minio_s3_traffic_received_bytes")
                                    .zeroWhenSilent(),
                            Term.of(
                                            NodeFamilies.SENT,
                                            "minio_api_requests_traffic_sent_bytes",
                                            "minio_s3_traffic_sent_bytes")
                                    .zeroWhenSilent())),
            new MetricsPage(
                    "/system/drive",
                    "node",
                    List.of(
                            Term.of(
                                            NodeFamilies.DRIVES,
                                            "minio_system_drive_online_count",
                                            "minio_node_drive_online_total")
                                    .with("state", "online")
                                    .zeroFor("minio_system_drive_count"),
                            Term.of(
                                            NodeFamilies.DRIVES,
                                            "minio_system_drive_offline_count",
                                            "minio_node_drive_offline_total")
                                    .with("state", "offline")
                                    .zeroFor("minio_system_drive_count"),
                            Term.of(NodeFamilies.DRIVE_INFO, DRIVE, ""),
                            Term.of(NodeFamilies.DRIVE_TOTAL, DRIVE, "minio_node_drive_total_bytes"),
                            ofDrives(NodeFamilies.DRIVE_FREE, "free_bytes", "free_bytes"),
                            ofDrives(NodeFamilies.DRIVE_FREE_INODES, "free_inodes", "free_inodes"),
                            ofDrives(NodeFamilies.DRIVE_TIMEOUTS, "timeout_errors_total", "errors_timeout"),
                            ofDrives(NodeFamilies.DRIVE_IO_ERRORS, "io_errors_total", "errors_ioerror"),
                            ofDrives(NodeFamilies.DRIVE_WAITING, "waiting_io", "io_waiting"),
                            Term.of(
                                            NodeFamilies.DRIVE_LATENCY,
                                            "minio_system_drive_api_latency_micros",
                                            "minio_node_drive_latency_us")
                                    .scaled(MICROS, MICROS))),
            new MetricsPage(
                    "/system/network/internode",
                    "node",
                    List.of(
                            Term.of(NodeFamilies.PEER_SENT, PEERS, "minio_inter_node_traffic_sent_bytes"),
                            ofPeers(NodeFamilies.PEER_RECEIVED, "recv_bytes_total", "received_bytes"),
                            ofPeers(NodeFamilies.PEER_ERRORS, "errors_total", "errors_total"),
                            ofPeers(NodeFamilies.PEER_DIAL_ERRORS, "dial_errors_total", "dial_errors"),
                            ofPeers(NodeFamilies.PEER_DIAL, "dial_avg_time_nanos", "dial_avg_time")
                                    .scaled(NANOS, NANOS))),
            new MetricsPage(
                    "/replication",
                    "node",
                    List.of(
                            ofReplication(NodeFamilies.REPLICATION_BACKLOG, "recent_backlog_count"),
                            ofReplication(NodeFamilies.REPLICATION_QUEUED, "last_minute_queued_count"),
                            ofReplication(NodeFamilies.REPLICATION_QUEUED_BYTES, "last_minute_queued_bytes"),
                            ofReplication(NodeFamilies.REPLICATION_WORKERS, "current_active_workers"))));

    /** What every server says of all of them. */
    static final List<MetricsPage> CLUSTER = List.of(
            new MetricsPage(
                    "/cluster/health",
                    "cluster",
                    List.of(
                            Term.of(
                                            ClusterFamilies.DRIVES,
                                            "minio_cluster_health_drives_online_count",
                                            "minio_cluster_drive_online_total")
                                    .with("state", "online")
                                    .zeroFor(ALL_DRIVES),
                            Term.of(
                                            ClusterFamilies.DRIVES,
                                            "minio_cluster_health_drives_offline_count",
                                            "minio_cluster_drive_offline_total")
                                    .with("state", "offline")
                                    .zeroFor(ALL_DRIVES),
                            Term.of(
                                            ClusterFamilies.NODES,
                                            "minio_cluster_health_nodes_online_count",
                                            "minio_cluster_nodes_online_total")
                                    .with("state", "online")
                                    .zeroFor(ALL_DRIVES),
                            Term.of(
                                            ClusterFamilies.NODES,
                                            "minio_cluster_health_nodes_offline_count",
                                            "minio_cluster_nodes_offline_total")
                                    .with("state", "offline")
                                    .zeroFor(ALL_DRIVES),
                            capacity(ClusterFamilies.RAW_TOTAL, "raw_total_bytes"),
                            capacity(ClusterFamilies.RAW_FREE, "raw_free_bytes"),
                            capacity(ClusterFamilies.USABLE_TOTAL, "usable_total_bytes"),
                            capacity(ClusterFamilies.USABLE_FREE, "usable_free_bytes"))),
            new MetricsPage(
                    "/cluster/erasure-set",
                    "cluster",
                    List.of(
                            Term.of(
                                    ClusterFamilies.SET_READ_QUORUM,
                                    SET,
                                    "minio_cluster_health_erasure_set_read_quorum"),
                            ofSets(ClusterFamilies.SET_WRITE_QUORUM, "write_quorum", "write_quorum"),
                            ofSets(ClusterFamilies.SET_ONLINE, "online_drives_count", "online_drives"),
                            ofSets(ClusterFamilies.SET_HEALING, "healing_drives_count", "healing_drives"))),
            new MetricsPage(
                    "/cluster/config",
                    "node",
                    List.of(Term.of(
                            ClusterFamilies.PARITY,
                            "minio_cluster_config_standard_parity",
                            "minio_node_storage_class_standard_parity"))));

    /**
     * What the scanner counted, and, under the family that is made of it, how many seconds ago. The buckets' page of v3 has
     * that in nanoseconds under the name of seconds.
     */
    static final List<MetricsPage> USAGE = List.of(
            new MetricsPage(
                    "/cluster/usage/objects",
                    "cluster",
                    List.of(
                            Term.of(
                                            ClusterFamilies.USAGE,
                                            "minio_cluster_usage_objects_total_bytes",
                                            "minio_cluster_usage_total_bytes")
                                    .zeroFor(USAGE_AGE),
                            Term.of(
                                            ClusterFamilies.OBJECTS,
                                            "minio_cluster_usage_objects_count",
                                            "minio_cluster_usage_object_total")
                                    .zeroFor(USAGE_AGE),
                            Term.of(
                                            ClusterFamilies.VERSIONS,
                                            "minio_cluster_usage_objects_versions_count",
                                            "minio_cluster_usage_version_total")
                                    .zeroFor(USAGE_AGE),
                            Term.of(
                                            ClusterFamilies.DELETE_MARKERS,
                                            "minio_cluster_usage_objects_delete_markers_count",
                                            "minio_cluster_usage_deletemarker_total")
                                    .zeroFor(USAGE_AGE),
                            Term.of(
                                            ClusterFamilies.BUCKETS,
                                            "minio_cluster_usage_objects_buckets_count",
                                            "minio_cluster_bucket_total")
                                    .zeroFor(USAGE_AGE),
                            Term.of(ClusterFamilies.USAGE_UPDATED, USAGE_AGE, ""))),
            new MetricsPage(
                    "/cluster/usage/buckets",
                    "bucket",
                    List.of(
                            Term.of(ClusterFamilies.BUCKET_USAGE, BUCKET_SIZE, "minio_bucket_usage_total_bytes"),
                            ofBuckets(ClusterFamilies.BUCKET_OBJECTS, "objects_count", "usage_object_total"),
                            ofBuckets(ClusterFamilies.BUCKET_VERSIONS, "versions_count", "usage_version_total"),
                            ofBuckets(
                                    ClusterFamilies.BUCKET_DELETE_MARKERS,
                                    "delete_markers_count",
                                    "usage_deletemarker_total"),
                            Term.of(
                                    ClusterFamilies.BUCKET_QUOTA,
                                    "minio_cluster_usage_buckets_quota_total_bytes",
                                    "minio_bucket_quota_total_bytes"),
                            Term.of(ClusterFamilies.USAGE_UPDATED, "", "minio_bucket_usage_last_activity_nano_seconds")
                                    .scaled(1, NANOS))));

    private Pages() {}

    private static Term ofCalls(Family family, String name) {
        return Term.of(family, "minio_api_requests_" + name, "minio_s3_requests_" + name)
                .zeroFor(REQUESTS, V2_REQUESTS);
    }

    private static Term rejected(String cause) {
        return Term.of(
                        NodeFamilies.REJECTED,
                        "minio_api_requests_rejected_" + cause + "_total",
                        "minio_s3_requests_rejected_" + cause + "_total")
                .with("cause", cause)
                .zeroWhenSilent();
    }

    private static Term ofDrives(Family family, String v3, String v2) {
        return Term.of(family, "minio_system_drive_" + v3, "minio_node_drive_" + v2)
                .zeroFor(DRIVE);
    }

    private static Term ofPeers(Family family, String v3, String v2) {
        return Term.of(family, "minio_system_network_internode_" + v3, "minio_inter_node_traffic_" + v2)
                .zeroFor(PEERS);
    }

    private static Term ofReplication(Family family, String name) {
        return Term.of(family, "minio_replication_" + name, "minio_node_replication_" + name)
                .zeroWhenSilent();
    }

    private static Term capacity(Family family, String name) {
        return Term.of(family, "minio_cluster_health_capacity_" + name, "minio_cluster_capacity_" + name);
    }

    private static Term ofSets(Family family, String v3, String v2) {
        return Term.of(family, "minio_cluster_erasure_set_" + v3, "minio_cluster_health_erasure_set_" + v2)
                .zeroFor(SET);
    }

    private static Term ofBuckets(Family family, String v3, String v2) {
        return Term.of(family, "minio_cluster_usage_buckets_" + v3, "minio_bucket_" + v2)
                .zeroFor(BUCKET_SIZE);
    }
}
