// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static io.highwater.core.Family.Kind.COUNTER;
import static io.highwater.core.Family.Kind.GAUGE;
import static io.highwater.core.Family.compatible;
import static io.highwater.core.Family.counter;
import static io.highwater.core.Family.gauge;
import static io.highwater.core.Family.info;

import io.highwater.core.Family;
import java.util.List;

/**
 * What each server says of itself. Names are those of MinIO's metrics v2 where these are what they say, whichever metrics
 * the server has.
 */
final class NodeFamilies {

    private static final String REQUESTS_SOURCE = "v3 /api/requests, v2 node";
    private static final String DRIVE_SOURCE = "v3 /system/drive, v2 node";
    private static final String NETWORK_SOURCE = "v3 /system/network/internode, v2 node";
    private static final String REPLICATION_SOURCE = "v3 /replication, v2 node";

    static final Family UP = gauge("minio_up", "Whether the server answers.").from("/minio/health/live");
    static final Family SEES_WRITES = gauge(
                    "minio_node_sees_write_quorum",
                    "Whether the server finds enough drives to write; absent when it does not say.")
            .from("/minio/health/cluster");
    static final Family SEES_READS = gauge(
                    "minio_node_sees_read_quorum",
                    "Whether the server finds enough drives to read; absent when it does not say.")
            .from("/minio/health/cluster, /minio/health/cluster/read");
    static final Family METRICS_INFO = info(
                    "minio_node_metrics_info", "Which of the server's metrics are read: v3 or v2.")
            .from("what the server answers")
            .by("version");

    static final Family REQUESTS = compatible("minio_s3_requests_total", COUNTER, "Requests, by S3 call.")
            .from(REQUESTS_SOURCE)
            .by("api");
    static final Family ERRORS_4XX = compatible(
                    "minio_s3_requests_4xx_errors_total", COUNTER, "Requests that the client got wrong, by S3 call.")
            .from(REQUESTS_SOURCE)
            .by("api");
    static final Family ERRORS_5XX = compatible(
                    "minio_s3_requests_5xx_errors_total", COUNTER, "Requests that the server failed, by S3 call.")
            .from(REQUESTS_SOURCE)
            .by("api");
    static final Family CANCELED = compatible(
                    "minio_s3_requests_canceled_total", COUNTER, "Requests that the client gave up, by S3 call.")
            .from(REQUESTS_SOURCE)
            .by("api");
    static final Family TIME_TO_FIRST_BYTE = compatible(
                    "minio_s3_requests_ttfb_seconds_distribution",
                    COUNTER,
                    "Requests whose first byte came within so many seconds, by S3 call; buckets for histogram_quantile.")
            .from(REQUESTS_SOURCE)
            .by("api", "le");
    static final Family IN_FLIGHT = gauge("minio_s3_requests_inflight", "Requests under way, by S3 call.")
            .from(REQUESTS_SOURCE)
            .by("api");
    static final Family WAITING = gauge("minio_s3_requests_waiting", "Requests that wait for their turn.")
            .from(REQUESTS_SOURCE);
    static final Family REJECTED = counter(
                    "minio_s3_requests_rejected_total",
                    "Requests turned away before they were one: auth, header, timestamp, invalid.")
            .from(REQUESTS_SOURCE)
            .by("cause");
    static final Family RECEIVED = compatible("minio_s3_traffic_received_bytes", COUNTER, "Bytes from S3 clients.")
            .from(REQUESTS_SOURCE);
    static final Family SENT = compatible("minio_s3_traffic_sent_bytes", COUNTER, "Bytes to S3 clients.")
            .from(REQUESTS_SOURCE);

    static final Family DRIVES = gauge("minio_node_drives", "The server's own drives: online or offline.")
            .from(DRIVE_SOURCE)
            .by("state");
    static final Family DRIVE_INFO = info(
                    "minio_node_drive_info", "The erasure set that a drive is of; metrics v2 do not say it.")
            .from("v3 /system/drive")
            .by("drive", "pool", "set");
    static final Family DRIVE_TOTAL = compatible("minio_node_drive_total_bytes", GAUGE, "Size of a drive.")
            .from(DRIVE_SOURCE)
            .by("drive");
    static final Family DRIVE_FREE = compatible("minio_node_drive_free_bytes", GAUGE, "Free space of a drive.")
            .from(DRIVE_SOURCE)
            .by("drive");
    static final Family DRIVE_FREE_INODES = compatible("minio_node_drive_free_inodes", GAUGE, "Free inodes of a drive.")
            .from(DRIVE_SOURCE)
            .by("drive");
    static final Family DRIVE_TIMEOUTS = compatible(
                    "minio_node_drive_errors_timeout", COUNTER, "Calls to a drive that timed out, since the start.")
            .from(DRIVE_SOURCE)
            .by("drive");
    static final Family DRIVE_IO_ERRORS = compatible(
                    "minio_node_drive_errors_ioerror", COUNTER, "I/O errors of a drive, since the start.")
            .from(DRIVE_SOURCE)
            .by("drive");
    static final Family DRIVE_WAITING = compatible(
                    "minio_node_drive_io_waiting", GAUGE, "Calls to a drive that wait for it.")
            .from(DRIVE_SOURCE)
            .by("drive");
    static final Family DRIVE_LATENCY = gauge(
                    "minio_node_drive_latency_seconds", "Mean time of a storage call to a drive over the last minute.")
            .from(DRIVE_SOURCE)
            .by("drive", "api");

    static final Family PEER_SENT = compatible(
                    "minio_inter_node_traffic_sent_bytes", COUNTER, "Bytes to other servers.")
            .from(NETWORK_SOURCE);
    static final Family PEER_RECEIVED = compatible(
                    "minio_inter_node_traffic_received_bytes", COUNTER, "Bytes from other servers.")
            .from(NETWORK_SOURCE);
    static final Family PEER_ERRORS = compatible(
                    "minio_inter_node_traffic_errors_total", COUNTER, "Failed calls to other servers.")
            .from(NETWORK_SOURCE);
    static final Family PEER_DIAL_ERRORS = compatible(
                    "minio_inter_node_traffic_dial_errors", COUNTER, "Failed connections to other servers.")
            .from(NETWORK_SOURCE);
    static final Family PEER_DIAL = gauge("minio_inter_node_dial_seconds", "Mean time to connect to other servers.")
            .from(NETWORK_SOURCE);

    static final Family REPLICATION_BACKLOG = compatible(
                    "minio_node_replication_recent_backlog_count",
                    GAUGE,
                    "Objects seen in the backlog of replication in the last 5 minutes.")
            .from(REPLICATION_SOURCE);
    static final Family REPLICATION_QUEUED = compatible(
                    "minio_node_replication_last_minute_queued_count",
                    GAUGE,
                    "Objects queued for replication in the last full minute.")
            .from(REPLICATION_SOURCE);
    static final Family REPLICATION_QUEUED_BYTES = compatible(
                    "minio_node_replication_last_minute_queued_bytes",
                    GAUGE,
                    "Bytes queued for replication in the last full minute.")
            .from(REPLICATION_SOURCE);
    static final Family REPLICATION_WORKERS = compatible(
                    "minio_node_replication_current_active_workers", GAUGE, "Workers that replicate now.")
            .from(REPLICATION_SOURCE);

    /** Of the pulse. */
    static final List<Family> OF_HEALTH = List.of(SEES_WRITES, SEES_READS);

    static final List<Family> OF_METRICS = List.of(
            METRICS_INFO,
            REQUESTS,
            ERRORS_4XX,
            ERRORS_5XX,
            CANCELED,
            TIME_TO_FIRST_BYTE,
            IN_FLIGHT,
            WAITING,
            REJECTED,
            RECEIVED,
            SENT,
            DRIVES,
            DRIVE_INFO,
            DRIVE_TOTAL,
            DRIVE_FREE,
            DRIVE_FREE_INODES,
            DRIVE_TIMEOUTS,
            DRIVE_IO_ERRORS,
            DRIVE_WAITING,
            DRIVE_LATENCY,
            PEER_SENT,
            PEER_RECEIVED,
            PEER_ERRORS,
            PEER_DIAL_ERRORS,
            PEER_DIAL,
            REPLICATION_BACKLOG,
            REPLICATION_QUEUED,
            REPLICATION_QUEUED_BYTES,
            REPLICATION_WORKERS);

    private NodeFamilies() {}
}
