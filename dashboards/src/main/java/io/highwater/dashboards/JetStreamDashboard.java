// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static io.highwater.dashboards.Panel.areas;
import static io.highwater.dashboards.Panel.lines;
import static io.highwater.dashboards.Panel.stat;
import static io.highwater.dashboards.Panel.table;
import static io.highwater.dashboards.Panel.timeline;

import java.util.List;

/** NATS JetStream: leaders and replicas of streams, and how far behind their consumers are. */
final class JetStreamDashboard {

    private static final String UID = "highwater-jetstream";

    private JetStreamDashboard() {}

    static Dashboard of(Limits limits) {
        return new Dashboard(
                UID,
                "Highwater / JetStream",
                "Quorum, leaders and replicas of NATS JetStream's streams, and how far behind their consumers are.",
                List.of(
                        Variable.clusters("jetstream"),
                        Variable.nodes("jetstream"),
                        new Variable(
                                "stream_name",
                                "Stream",
                                Query.of("nats_stream_total_messages{$CLUSTER}", "")
                                        .expr())),
                Annotation.ALL,
                List.of(
                        problems(limits),
                        state(limits),
                        streams(limits),
                        consumers(),
                        servers(limits),
                        api(),
                        settings()));
    }

    private static Row problems(Limits limits) {
        return Row.open(
                "Problems now",
                stat("Meta group has a leader", "Without one no stream can be made, placed or changed.")
                        .ask("max by (cluster) (nats_jetstream_meta_has_leader{$CLUSTER})", "{{cluster}}")
                        .meaning(State.YES, State.NO)
                        .coloured(Thresholds.MUST_BE)
                        .size(3, 4),
                stat("Servers that do not answer", "Monitoring ports that no agent could ask the last time.")
                        .ask("sum(1 - max by (cluster, node) (nats_up{$NODE}))", "servers")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .size(3, 4),
                stat("Streams without a leader", "They take no message.")
                        .ask(
                                "sum(1 - max by (cluster, account, stream_name) (nats_stream_has_leader{$STREAM}))",
                                "streams")
                        .coloured(Thresholds.ANY_IS_BAD)
                        .emptyWhen("no streams")
                        .size(3, 4),
                stat("Consumers without a leader", "They deliver nothing.")
                        .ask(
                                "sum(1 - max by (cluster, account, stream_name, consumer_name) "
                                        + "(nats_consumer_has_leader{$STREAM}))",
                                "consumers")
                        .coloured(Thresholds.ANY_IS_BAD)
                        .emptyWhen("no consumers")
                        .size(3, 4),
                stat("Streams short of replicas", "Fewer servers hold them up to date than are to.")
                        .ask(
                                "sum(max by (cluster, account, stream_name) (nats_stream_replicas_current{$STREAM}) "
                                        + "< bool max by (cluster, account, stream_name) "
                                        + "(nats_stream_replicas_configured{$STREAM}))",
                                "streams")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .emptyWhen("no streams")
                        .size(3, 4),
                stat("Longest stuck", "How long messages have waited for a consumer that got none.")
                        .ask(
                                "max(min by (cluster, account, stream_name, consumer_name) "
                                        + "(nats_consumer_stuck_seconds{$STREAM}))",
                                "stuck")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("NatsConsumerStuck"))
                        .emptyWhen("no consumers")
                        .size(3, 4),
                stat("Messages given up", "Delivered as often as may be, and never acknowledged.")
                        .ask(
                                "sum(max by (cluster, account, stream_name, consumer_name) "
                                        + "(nats_consumer_given_up_messages{$STREAM}))",
                                "messages")
                        .coloured(limits.above("NatsMessagesGivenUp"))
                        .emptyWhen("none is known of")
                        .size(3, 4),
                stat("Storage used", "Of what streams may take, on the server that has least left.")
                        .ask(
                                "max(max by (cluster, node, kind) (nats_jetstream_storage_used_bytes{$NODE} "
                                        + "/ (nats_jetstream_storage_max_bytes{$NODE} > 0)))",
                                "used")
                        .in(Unit.RATIO)
                        .coloured(limits.above("NatsStorageNearLimit"))
                        .emptyWhen("no limit is set")
                        .size(3, 4));
    }

    private static Row state(Limits limits) {
        return Row.open(
                "What the servers are and do",
                timeline("Servers", "Which call themselves well, and which did not answer.")
                        .ask(
                                "min by (cluster, node) (max by (cluster, node, check) (nats_healthz_ok{$NODE})) "
                                        + "or (max by (cluster, node) (nats_up{$NODE}) == 0) - 1",
                                "{{cluster}} {{node}}")
                        .meaning(
                                new State(1, "well", Colour.GREEN),
                                new State(0, "unwell", Colour.ORANGE),
                                new State(-1, "does not answer", Colour.RED))
                        .to(Link.toNode(UID))
                        .size(8, 8),
                lines(
                                "How many more servers may fail?",
                                "Before the group that places streams, or one of the streams, stops.")
                        .ask(
                                "min by (cluster, unit, name) (ha_quorum_margin{component='jetstream', $CLUSTER})",
                                "{{cluster}} {{unit}} {{name}}")
                        .in(Unit.PLAIN)
                        .coloured(Thresholds.MARGIN),
                lines(
                                "What a power cut would cost",
                                "Acknowledged messages, as time, if one server or all lose power before they have synced.")
                        .ask(
                                "max by (cluster, stream_name, failure) (nats_stream_rpo_seconds{$STREAM})",
                                "{{cluster}} {{stream_name}} {{failure}}")
                        .ask(
                                "max by (cluster) (ha_rpo_objective_seconds{component='jetstream', $CLUSTER})",
                                "{{cluster}} may lose")
                        .in(Unit.SECONDS)
                        .coloured(limits.loss())
                        .emptyWhen("no streams"),
                lines("How far behind are consumers?", "Age of the oldest message that each has not done with.")
                        .ask(
                                "min by (cluster, stream_name, consumer_name) "
                                        + "(nats_consumer_oldest_pending_age_seconds{$STREAM})",
                                "{{cluster}} {{stream_name}} {{consumer_name}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("NatsConsumerBehind"))
                        .emptyWhen("no consumers"),
                lines("Messages that wait", "Never delivered, or delivered and not acknowledged.")
                        .ask(
                                "max by (cluster, stream_name, consumer_name) (nats_consumer_num_pending{$STREAM})",
                                "{{cluster}} {{stream_name}} {{consumer_name}} pending")
                        .ask(
                                "max by (cluster, stream_name, consumer_name) (nats_consumer_num_ack_pending{$STREAM})",
                                "{{cluster}} {{stream_name}} {{consumer_name}} not acknowledged")
                        .emptyWhen("no consumers"),
                lines("Replicas behind their leaders", "Operations that each replica has not stored.")
                        .ask(
                                "min by (cluster, stream_name, peer) (nats_stream_replica_lag{$STREAM})",
                                "{{cluster}} {{stream_name}} {{peer}}")
                        .coloured(limits.above("NatsStreamReplicaLagging"))
                        .emptyWhen("no stream has replicas"));
    }

    private static Row streams(Limits limits) {
        return Row.folded(
                "Streams",
                table(
                                "Streams",
                                "What each stream holds, and on how many servers.",
                                Column.label("cluster"),
                                Column.label("account"),
                                Column.label("stream_name"),
                                Column.value("A", "messages", Unit.COUNT, Thresholds.NONE),
                                Column.value("B", "size", Unit.BYTES, Thresholds.NONE),
                                Column.value("C", "of its limit", Unit.RATIO, Thresholds.NONE),
                                Column.value("D", "replicas", Unit.PLAIN, Thresholds.NONE),
                                Column.value("E", "up to date", Unit.PLAIN, Thresholds.NONE))
                        .ask("max by (cluster, account, stream_name) (nats_stream_total_messages{$STREAM})", "")
                        .ask("max by (cluster, account, stream_name) (nats_stream_total_bytes{$STREAM})", "")
                        .ask("max by (cluster, account, stream_name) (nats_stream_used_ratio{$STREAM})", "")
                        .ask("max by (cluster, account, stream_name) (nats_stream_replicas_configured{$STREAM})", "")
                        .ask("max by (cluster, account, stream_name) (nats_stream_replicas_current{$STREAM})", "")
                        .emptyWhen("no streams")
                        .size(24, 8),
                lines("Messages stored", "Per second, by the sequence of each stream.")
                        .ask(
                                "max by (cluster, stream_name) "
                                        + "(deriv(nats_stream_last_seq{$STREAM}[$__rate_interval]))",
                                "{{cluster}} {{stream_name}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("no streams"),
                lines("Size", "Bytes in each stream.")
                        .ask(
                                "max by (cluster, stream_name) (nats_stream_total_bytes{$STREAM})",
                                "{{cluster}} {{stream_name}}")
                        .in(Unit.BYTES)
                        .emptyWhen("no streams"),
                lines("Behind what they copy", "Messages of the mirrored stream, or of a source, that a stream lacks.")
                        .ask(
                                "min by (cluster, stream_name) (nats_stream_mirror_lag{$STREAM})",
                                "{{cluster}} {{stream_name}}")
                        .ask(
                                "min by (cluster, stream_name, source_name) (nats_stream_source_lag{$STREAM})",
                                "{{cluster}} {{stream_name}} from {{source_name}}")
                        .emptyWhen("no mirrors or sources"),
                lines("Replicas that are silent", "How long ago the leader heard of each replica.")
                        .ask(
                                "min by (cluster, stream_name, peer) (nats_stream_replica_active_seconds{$STREAM})",
                                "{{cluster}} {{stream_name}} {{peer}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("no stream has replicas"),
                lines(
                                "Age of leaders",
                                "How long each stream's leader has led; a young one had a predecessor that went.")
                        .ask(
                                "time() - max by (cluster, stream_name) (nats_stream_leader_since_timestamp_seconds{$STREAM})",
                                "{{cluster}} {{stream_name}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("servers before version 2.11.12 do not say"),
                lines("Used of the limit", "Of the nearest limit of each stream; a full one refuses or drops.")
                        .ask(
                                "max by (cluster, stream_name) (nats_stream_used_ratio{$STREAM})",
                                "{{cluster}} {{stream_name}}")
                        .in(Unit.RATIO)
                        .coloured(limits.above("NatsStorageNearLimit"))
                        .emptyWhen("no stream has a limit"));
    }

    private static Row consumers() {
        return Row.folded(
                "Consumers",
                lines("Comes and is done with", "Messages per second for each consumer.")
                        .ask(
                                "max by (cluster, name) "
                                        + "(ha_backlog_arrival_rate{component='jetstream', unit='consumer', $CLUSTER})",
                                "{{cluster}} {{name}} comes")
                        .ask(
                                "max by (cluster, name) "
                                        + "(ha_backlog_completion_rate{component='jetstream', unit='consumer', $CLUSTER})",
                                "{{cluster}} {{name}} is done")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("no consumers"),
                lines(
                                "Done in",
                                "How long until a consumer has caught up if all goes on as now; nothing while it does not.")
                        .ask(
                                "min by (cluster, name) "
                                        + "(ha_backlog_drain_seconds{component='jetstream', unit='consumer', $CLUSTER}) < +Inf",
                                "{{cluster}} {{name}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("none catches up now"),
                lines("Delivered more than once", "Messages that are not acknowledged yet, and those given up.")
                        .ask(
                                "max by (cluster, stream_name, consumer_name) (nats_consumer_num_redelivered{$STREAM})",
                                "{{cluster}} {{stream_name}} {{consumer_name}}")
                        .emptyWhen("no consumers"),
                lines("Pull requests that wait", "Consumers with none have nobody who would take a message.")
                        .ask(
                                "max by (cluster, stream_name, consumer_name) (nats_consumer_num_waiting{$STREAM})",
                                "{{cluster}} {{stream_name}} {{consumer_name}}")
                        .emptyWhen("no consumers"),
                lines("Last acknowledgement", "How long ago each consumer's was.")
                        .ask(
                                "min by (cluster, stream_name, consumer_name) (nats_consumer_last_ack_seconds{$STREAM})",
                                "{{cluster}} {{stream_name}} {{consumer_name}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("none acknowledged anything yet"),
                lines("Given up", "Messages per second that were delivered as often as may be.")
                        .ask(
                                "max by (cluster, stream_name, consumer_name) "
                                        + "(rate(nats_consumer_given_up_total{$STREAM}[$__rate_interval]))",
                                "{{cluster}} {{stream_name}} {{consumer_name}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("no consumers, or the agent may not listen to advisories"));
    }

    private static Row servers(Limits limits) {
        return Row.folded(
                "Servers",
                lines("Messages in and out", "Per second, as each server counts them.")
                        .ask(
                                "max by (cluster, node) (rate(nats_server_in_messages_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} in")
                        .ask(
                                "max by (cluster, node) (rate(nats_server_out_messages_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} out")
                        .in(Unit.PER_SECOND),
                lines("Connections", "Clients that are connected.")
                        .ask("max by (cluster, node) (nats_server_connections{$NODE})", "{{cluster}} {{node}}"),
                lines(
                                "Slow consumers",
                                "Clients that were cut off since they read too slowly, in the time of one point.")
                        .ask(
                                "max by (cluster, node) (increase(nats_server_slow_consumers_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}}")
                        .coloured(limits.above("NatsSlowConsumers")),
                lines("Processor", "Cores that each server uses.")
                        .ask("max by (cluster, node) (nats_server_cpu_ratio{$NODE})", "{{cluster}} {{node}}")
                        .in(Unit.PLAIN),
                lines("Memory", "Resident memory of each server.")
                        .ask("max by (cluster, node) (nats_server_memory_bytes{$NODE})", "{{cluster}} {{node}}")
                        .in(Unit.BYTES),
                lines("Storage used", "Of what streams may take on each server.")
                        .ask(
                                "max by (cluster, node, kind) (nats_jetstream_storage_used_bytes{$NODE} "
                                        + "/ (nats_jetstream_storage_max_bytes{$NODE} > 0))",
                                "{{cluster}} {{node}} {{kind}}")
                        .in(Unit.RATIO)
                        .coloured(limits.above("NatsStorageNearLimit"))
                        .emptyWhen("no limit is set"),
                lines("Held in memory alone", "How long what is acknowledged may not be on the disk of a server yet.")
                        .ask(
                                "max by (cluster, node) (nats_jetstream_sync_interval_seconds{$NODE})",
                                "{{cluster}} {{node}}")
                        .in(Unit.SECONDS),
                lines("Routes", "Connections of each server to the others; fewer say that the network is cut.")
                        .ask("max by (cluster, node) (nats_server_routes{$NODE})", "{{cluster}} {{node}}"),
                areas("Replicated streams and consumers", "Of which each server holds a replica.")
                        .ask("max by (cluster, node) (nats_jetstream_ha_assets{$NODE})", "{{cluster}} {{node}}"));
    }

    private static Row api() {
        return Row.folded(
                "JetStream API",
                lines("Requests and errors", "Per second on each server.")
                        .ask(
                                "max by (cluster, node) (rate(nats_jetstream_api_requests_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} requests")
                        .ask(
                                "max by (cluster, node) (rate(nats_jetstream_api_errors_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} errors")
                        .in(Unit.PER_SECOND),
                lines("Wait for the meta group", "Requests that it has not agreed upon.")
                        .ask("max by (cluster) (nats_jetstream_meta_pending_requests{$CLUSTER})", "{{cluster}}")
                        .emptyWhen("the meta group has no leader"),
                areas("Servers of the meta group", "Those that its leader hears, itself included.")
                        .ask("max by (cluster) (nats_jetstream_meta_peers_online{$CLUSTER})", "{{cluster}} heard")
                        .emptyWhen("the meta group has no leader"),
                lines("Advisories", "What happened to streams and consumers, per second.")
                        .ask(
                                "sum by (cluster, type) (max by (cluster, account, stream_name, type) "
                                        + "(rate(nats_jetstream_advisories_total{$STREAM}[$__rate_interval])))",
                                "{{cluster}} {{type}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("none came, or the agent may not listen"),
                lines("Account storage", "What the streams of each account take, and may take.")
                        .ask(
                                "max by (cluster, account) (nats_account_storage_used{$CLUSTER})",
                                "{{cluster}} {{account}} uses")
                        .ask(
                                "max by (cluster, account) (nats_account_max_storage{$CLUSTER})",
                                "{{cluster}} {{account}} may")
                        .in(Unit.BYTES),
                lines("Not watched", "Streams and consumers that are there and beyond what the configuration allows.")
                        .ask(
                                "max by (cluster, kind) (nats_jetstream_assets_over_budget{$CLUSTER})",
                                "{{cluster}} {{kind}}")
                        .coloured(Thresholds.ANY_IS_ODD));
    }

    private static Row settings() {
        return Row.folded(
                "Settings",
                table(
                                "Risky settings",
                                "Settings that cost data or availability in a failure.",
                                Column.label("cluster"),
                                Column.label("node"),
                                Column.label("check"),
                                Column.label("name"))
                        .ask(
                                "max by (cluster, node, check, name) "
                                        + "(ha_config_finding{component='jetstream', $CLUSTER}) == 1",
                                "")
                        .emptyWhen("no setting is risky")
                        .size(24, 8));
    }
}
