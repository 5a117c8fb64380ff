// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static io.highwater.dashboards.Panel.lines;
import static io.highwater.dashboards.Panel.stat;
import static io.highwater.dashboards.Panel.table;
import static io.highwater.dashboards.Panel.timeline;

import java.util.List;

/** Object stores: what a client gets from any S3, and what MinIO says of its servers and drives. */
final class S3Dashboard {

    private static final String NO_S3 = "no S3 store is probed";
    private static final String NO_MINIO = "no MinIO is watched";

    private S3Dashboard() {}

    static Dashboard of(Limits limits) {
        return new Dashboard(
                "highwater-stores",
                "Highwater / S3 stores",
                "Whether objects can be stored and read, how fast, how many more drives may fail, and how full it is.",
                List.of(Variable.clusters("s3|minio"), Variable.nodes("s3|minio")),
                Annotation.ALL,
                List.of(problems(limits), probe(limits), minio(), requests(limits), capacity(limits)));
    }

    private static Row problems(Limits limits) {
        return Row.open(
                "Problems now",
                stat("Endpoints that fail", "From no place does an agent store, read and delete an object there.")
                        .ask("sum(max by (cluster, node) (s3_up{$NODE}) == bool 0)", "endpoints")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .emptyWhen(NO_S3),
                stat("Away for", "How long a store has not served, where it is seen best.")
                        .ask(
                                "max(min by (cluster, component) (ha_outage_seconds{component=~'s3|minio', $CLUSTER}))",
                                "outage")
                        .in(Unit.SECONDS)
                        .coloured(limits.outage()),
                stat("More drives that may fail", "Of the erasure set that stands worst, before writes stop.")
                        .ask(
                                "min(max by (cluster, name) (ha_quorum_margin{component='minio', unit='write', $CLUSTER}))",
                                "drives")
                        .coloured(Thresholds.MARGIN)
                        .emptyWhen(NO_MINIO),
                stat("Servers that do not answer", "Of MinIO, asked one by one.")
                        .ask("sum(max by (cluster, node) (minio_up{$NODE}) == bool 0)", "servers")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .emptyWhen(NO_MINIO),
                stat("Drives offline", "As MinIO has it, up to a minute old.")
                        .ask("sum(min by (cluster) (minio_cluster_drives{state='offline', $CLUSTER}))", "drives")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .emptyWhen(NO_MINIO),
                stat("Full", "The part of what can be used that is.")
                        .ask(
                                "max(1 - max by (cluster) (minio_cluster_capacity_usable_free_bytes{$CLUSTER}) "
                                        + "/ max by (cluster) (minio_cluster_capacity_usable_total_bytes{$CLUSTER}))",
                                "full")
                        .in(Unit.RATIO)
                        .coloured(limits.above("MinioCapacityNearLimit"))
                        .emptyWhen(NO_MINIO));
    }

    private static Row probe(Limits limits) {
        return Row.open(
                "Does it work for clients?",
                timeline("Store, read, delete", "Of an object of the agent's own, through each endpoint.")
                        .ask("max by (cluster, node) (s3_up{$NODE})", "{{cluster}} {{node}}")
                        .meaning(State.YES, State.NO)
                        .emptyWhen(NO_S3)
                        .size(12, 8),
                lines("How long each step takes", "Of the newest probe.")
                        .ask(
                                "max by (cluster, node, step) (s3_probe_step_duration_seconds{$NODE})",
                                "{{cluster}} {{node}} {{step}}")
                        .in(Unit.SECONDS)
                        .emptyWhen(NO_S3)
                        .size(12, 8),
                lines("Outage under way", "From the first probe that failed.")
                        .ask("min by (cluster, node) (s3_probe_outage_seconds{$NODE})", "{{cluster}} {{node}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.outage())
                        .emptyWhen(NO_S3),
                lines("Outages", "That began, those as well that ended between two scrapes.")
                        .ask(
                                "max by (cluster, node) (increase(s3_probe_outages_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}}")
                        .in(Unit.PLAIN)
                        .emptyWhen(NO_S3),
                lines("Failures by reason", "Probes per second that failed.")
                        .ask(
                                "sum by (cluster, node, reason) (rate(s3_probe_failures_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} {{reason}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("nothing has failed"));
    }

    private static Row minio() {
        return Row.folded(
                "How much more may fail?",
                lines(
                                "More drives that may fail",
                                "Of each erasure set, before writes or reads stop; below 0 they have.")
                        .ask(
                                "max by (cluster, unit, name) (ha_quorum_margin{component='minio', $CLUSTER})",
                                "{{cluster}} {{name}} {{unit}}")
                        .in(Unit.PLAIN)
                        .coloured(Thresholds.MARGIN)
                        .emptyWhen(NO_MINIO),
                timeline("Servers", "Whether each answers.")
                        .ask("max by (cluster, node) (minio_up{$NODE})", "{{cluster}} {{node}}")
                        .meaning(State.YES, State.NO)
                        .emptyWhen(NO_MINIO)
                        .size(8, 8),
                table(
                                "May be taken down now",
                                "Without losing writes, as each server says.",
                                Column.label("cluster"),
                                Column.label("node"),
                                Column.value("A", "safe", Unit.PLAIN, Thresholds.NONE, State.YES, State.NO))
                        .ask("min by (cluster, node) (ha_node_maintenance_safe{component='minio', $NODE})", "")
                        .emptyWhen(NO_MINIO)
                        .size(8, 8),
                lines("Drives being filled", "Of each erasure set, after one was replaced or came back.")
                        .ask(
                                "max by (cluster, pool, set) (minio_cluster_health_erasure_set_healing_drives{$CLUSTER})",
                                "{{cluster}} {{pool}} {{set}}")
                        .emptyWhen(NO_MINIO));
    }

    private static Row requests(Limits limits) {
        return Row.folded(
                "Requests",
                lines("Requests", "Per second, of each server.")
                        .ask(
                                "sum by (cluster, node) (rate(minio_s3_requests_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen(NO_MINIO),
                lines("Failed by the server", "Requests per second that ended with 5xx.")
                        .ask(
                                "sum by (cluster, node) (rate(minio_s3_requests_5xx_errors_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("nothing has failed"),
                lines("Traffic", "Bytes to and from clients.")
                        .ask(
                                "sum by (cluster, node) (rate(minio_s3_traffic_received_bytes{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} received")
                        .ask(
                                "sum by (cluster, node) (rate(minio_s3_traffic_sent_bytes{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} sent")
                        .in(Unit.BYTES_PER_SECOND)
                        .emptyWhen(NO_MINIO),
                lines("Waiting for replication", "Objects, of each server, in the last five minutes.")
                        .ask(
                                "max by (cluster, node) (minio_node_replication_recent_backlog_count{$NODE})",
                                "{{cluster}} {{node}}")
                        .coloured(limits.above("MinioReplicationBehind"))
                        .emptyWhen("no replication is configured"));
    }

    private static Row capacity(Limits limits) {
        return Row.folded(
                "Capacity",
                lines("Full", "The part of what can be used that is.")
                        .ask(
                                "1 - max by (cluster) (minio_cluster_capacity_usable_free_bytes{$CLUSTER}) "
                                        + "/ max by (cluster) (minio_cluster_capacity_usable_total_bytes{$CLUSTER})",
                                "{{cluster}}")
                        .in(Unit.RATIO)
                        .coloured(limits.above("MinioCapacityNearLimit"))
                        .emptyWhen(NO_MINIO),
                lines("Buckets", "The ten largest, as the scanner saw them last.")
                        .ask(
                                "topk(10, max by (cluster, bucket) (minio_bucket_usage_total_bytes{$CLUSTER}))",
                                "{{cluster}} {{bucket}}")
                        .in(Unit.BYTES)
                        .emptyWhen("no bucket has anything in it"),
                lines("Free on each drive", "A full one stops its set.")
                        .ask(
                                "min by (cluster, node, drive) (minio_node_drive_free_bytes{$NODE})",
                                "{{cluster}} {{node}} {{drive}}")
                        .in(Unit.BYTES)
                        .emptyWhen(NO_MINIO));
    }
}
