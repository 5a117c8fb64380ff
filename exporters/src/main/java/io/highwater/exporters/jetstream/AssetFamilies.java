// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.core.Family.Kind.GAUGE;
import static io.highwater.core.Family.gauge;

import io.highwater.core.Availability;
import io.highwater.core.Family;
import io.highwater.core.Ha;
import java.util.List;

/** What is known of the meta group, streams and consumers, always from the one who leads them. */
final class AssetFamilies {

    private static final String[] STREAM = {"account", "stream_name"};
    private static final String[] STREAM_PEER = {"account", "stream_name", "peer"};
    private static final String[] CONSUMER = {"account", "stream_name", "consumer_name"};
    private static final String[] CONSUMER_PEER = {"account", "stream_name", "consumer_name", "peer"};

    private static Family known(String name, String help, String source, String... labels) {
        return Family.compatible(name, GAUGE, help).from(source).by(labels);
    }

    static final Family META_HAS_LEADER = gauge(
                    "nats_jetstream_meta_has_leader",
                    "Whether the group that creates and places streams has a leader with a quorum.")
            .from("/varz jetstream.meta of every server; $JS.API.INFO");
    static final Family META_SIZE = gauge("nats_jetstream_meta_cluster_size", "Servers of the meta group.")
            .from("/varz jetstream.meta of its leader");
    static final Family META_ONLINE = gauge(
                    "nats_jetstream_meta_peers_online",
                    "Servers of the meta group that its leader hears, itself included.")
            .from("/varz jetstream.meta of its leader");
    static final Family META_PENDING = gauge(
                    "nats_jetstream_meta_pending_requests", "API requests that wait for the meta group.")
            .from("/varz jetstream.meta.pending_requests, pending before 2.12");
    static final Family META_LEADER = Family.info("nats_jetstream_meta_leader_info", "The leader of the meta group.")
            .from("/varz jetstream.meta.leader")
            .by("server_name");
    static final Family ACCOUNT_USED = known(
            "nats_account_storage_used", "Bytes on disk that the account's streams take.", "$JS.API.INFO", "account");
    static final Family ACCOUNT_MAX = known(
            "nats_account_max_storage",
            "Bytes on disk that the account may take; absent without a limit.",
            "$JS.API.INFO",
            "account");
    static final Family ACCOUNT_MEMORY_USED = known(
            "nats_account_memory_used", "Bytes of memory that the account's streams take.", "$JS.API.INFO", "account");
    static final Family ACCOUNT_MAX_MEMORY = known(
            "nats_account_max_memory",
            "Bytes of memory that the account may take; absent without a limit.",
            "$JS.API.INFO",
            "account");

    static final Family HAS_LEADER = gauge(
                    "nats_stream_has_leader",
                    "Whether the stream has a leader that hears a quorum; without one it takes no message.")
            .from("cluster of the stream's info; missing of $JS.API.STREAM.LIST")
            .by(STREAM);
    static final Family LEADER = Family.info("nats_stream_leader_info", "The server that leads the stream.")
            .from("cluster.leader")
            .by("account", "stream_name", "server_name");
    static final Family LEADER_SINCE = gauge(
                    "nats_stream_leader_since_timestamp_seconds", "Since when that server leads the stream.")
            .from("cluster.leader_since, from 2.11.12 on")
            .by(STREAM);
    static final Family MESSAGES =
            known("nats_stream_total_messages", "Messages in the stream.", "state.messages", STREAM);
    static final Family BYTES = known("nats_stream_total_bytes", "Bytes in the stream.", "state.bytes", STREAM);
    static final Family FIRST_SEQUENCE =
            known("nats_stream_first_seq", "Sequence of the first message that is left.", "state.first_seq", STREAM);
    static final Family LAST_SEQUENCE =
            known("nats_stream_last_seq", "Sequence of the last message that was stored.", "state.last_seq", STREAM);
    static final Family CONSUMERS =
            known("nats_stream_consumer_count", "Consumers of the stream.", "state.consumer_count", STREAM);
    static final Family LIMIT_BYTES = known(
            "nats_stream_limit_bytes",
            "Bytes that the stream may hold; absent without a limit.",
            "config.max_bytes",
            STREAM);
    static final Family LIMIT_MESSAGES = known(
            "nats_stream_limit_messages",
            "Messages that the stream may hold; absent without a limit.",
            "config.max_msgs",
            STREAM);
    static final Family USED_RATIO = gauge(
                    "nats_stream_used_ratio",
                    "How much of its nearest limit the stream has used; absent without a limit.")
            .from("state.bytes / config.max_bytes, state.messages / config.max_msgs")
            .by(STREAM);
    static final Family FIRST_MESSAGE = gauge(
                    "nats_stream_first_message_timestamp_seconds", "When the oldest message of the stream was stored.")
            .from("state.first_ts")
            .by(STREAM);
    static final Family MIRROR_LAG = known(
            "nats_stream_mirror_lag", "Messages of the mirrored stream that this one lacks.", "mirror.lag", STREAM);
    static final Family SOURCE_LAG = known(
            "nats_stream_source_lag",
            "Messages of the source that this stream lacks.",
            "sources.lag",
            "account",
            "stream_name",
            "source_name");
    static final Family REPLICAS_CONFIGURED = gauge(
                    "nats_stream_replicas_configured", "Servers that are to hold the stream.")
            .from("config.num_replicas")
            .by(STREAM);
    static final Family REPLICAS_CURRENT = gauge(
                    "nats_stream_replicas_current", "Servers that hold the stream up to date, the leader included.")
            .from("cluster.replicas.current")
            .by(STREAM);
    static final Family REPLICAS_OFFLINE = gauge(
                    "nats_stream_replicas_offline", "Servers of the stream that its leader does not hear.")
            .from("cluster.replicas.offline, active of 4 s or more; its monitoring port")
            .by(STREAM);
    static final Family REPLICA_LAG = gauge(
                    "nats_stream_replica_lag", "Operations of the leader that the replica has not stored.")
            .from("cluster.replicas.lag")
            .by(STREAM_PEER);
    static final Family REPLICA_ACTIVE = gauge(
                    "nats_stream_replica_active_seconds", "How long ago the leader heard of the replica.")
            .from("cluster.replicas.active")
            .by(STREAM_PEER);
    static final Family RPO = gauge(
                    "nats_stream_rpo_seconds",
                    "Acknowledged messages, as time, that a power cut may cost: of the leader's machine (node), of all (all).")
            .from("replicas with a quorum, /varz sync_interval, state.last_ts")
            .by("account", "stream_name", "failure");
    static final Family ADVISORIES = Family.counter(
                    "nats_jetstream_advisories_total",
                    "Advisories since the agent connected; absent when it may not listen.")
            .from("$JS.EVENT.ADVISORY.STREAM.>, $JS.EVENT.ADVISORY.CONSUMER.>")
            .by("account", "stream_name", "type");
    static final Family OVER_BUDGET = gauge(
                    "nats_jetstream_assets_over_budget",
                    "Streams, consumers that are there and not watched, since there are too many.")
            .from("maxStreams, maxConsumers of the configuration")
            .by("kind");

    static final Family CONSUMER_HAS_LEADER = gauge(
                    "nats_consumer_has_leader", "Whether the consumer has a leader that hears a quorum.")
            .from("cluster of the consumer's info; missing of $JS.API.CONSUMER.LIST")
            .by(CONSUMER);
    static final Family PENDING = known(
            "nats_consumer_num_pending",
            "Messages that were never delivered to the consumer.",
            "num_pending",
            CONSUMER);
    static final Family ACK_PENDING = known(
            "nats_consumer_num_ack_pending",
            "Messages that were delivered and are not acknowledged.",
            "num_ack_pending",
            CONSUMER);
    static final Family REDELIVERED = known(
            "nats_consumer_num_redelivered",
            "Messages delivered more than once and not acknowledged, those given up included.",
            "num_redelivered",
            CONSUMER);
    static final Family WAITING =
            known("nats_consumer_num_waiting", "Pull requests that wait for messages.", "num_waiting", CONSUMER);
    static final Family DELIVERED_SEQUENCE = known(
            "nats_consumer_delivered_stream_seq",
            "Sequence of the stream that was delivered last.",
            "delivered.stream_seq",
            CONSUMER);
    static final Family ACK_FLOOR = known(
            "nats_consumer_ack_floor_stream_seq",
            "Sequence of the stream up to which all is acknowledged; a message that was given up holds it.",
            "ack_floor.stream_seq",
            CONSUMER);
    static final Family LAST_DELIVERY = known(
            "nats_consumer_last_delivery_seconds", "Age of the last delivery.", "delivered.last_active", CONSUMER);
    static final Family LAST_ACK = known(
            "nats_consumer_last_ack_seconds", "Age of the last acknowledgement.", "ack_floor.last_active", CONSUMER);
    static final Family OLDEST_PENDING = gauge(
                    "nats_consumer_oldest_pending_age_seconds",
                    "Age of the oldest message that the consumer has not done with; given up ones do not count, 0 without any.")
            .from("positions of the stream over time; $JS.API.STREAM.MSG.GET")
            .by(CONSUMER);
    static final Family GIVEN_UP = gauge(
                    "nats_consumer_given_up_messages",
                    "Messages in the stream that were given up after max_deliver, at least; exact while none is being worked on.")
            .from("num_redelivered, num_ack_pending")
            .by(CONSUMER);
    static final Family GIVEN_UP_TOTAL = Family.counter(
                    "nats_consumer_given_up_total", "Messages given up after max_deliver since the agent connected.")
            .from("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES")
            .by(CONSUMER);
    static final Family STUCK = gauge(
                    "nats_consumer_stuck_seconds",
                    "How long the agent has seen messages wait while none was delivered; 0 when one was, or none waits.")
            .from("num_pending, delivered.consumer_seq over time")
            .by(CONSUMER);
    static final Family CONSUMER_CURRENT = gauge(
                    "nats_consumer_replicas_current", "Servers that hold the consumer up to date, the leader included.")
            .from("cluster.replicas.current, with consumerReplicas")
            .by(CONSUMER);
    static final Family CONSUMER_OFFLINE = gauge(
                    "nats_consumer_replicas_offline", "Servers of the consumer that its leader does not hear.")
            .from("cluster.replicas.offline, active of 4 s or more; with consumerReplicas")
            .by(CONSUMER);
    static final Family CONSUMER_LAG = gauge(
                    "nats_consumer_replica_lag", "Operations of the leader that the replica has not stored.")
            .from("cluster.replicas.lag, with consumerReplicas")
            .by(CONSUMER_PEER);

    static final List<Family> ALL = List.of(
            META_HAS_LEADER,
            META_SIZE,
            META_ONLINE,
            META_PENDING,
            META_LEADER,
            ACCOUNT_USED,
            ACCOUNT_MAX,
            ACCOUNT_MEMORY_USED,
            ACCOUNT_MAX_MEMORY,
            HAS_LEADER,
            LEADER,
            LEADER_SINCE,
            MESSAGES,
            BYTES,
            FIRST_SEQUENCE,
            LAST_SEQUENCE,
            CONSUMERS,
            LIMIT_BYTES,
            LIMIT_MESSAGES,
            USED_RATIO,
            FIRST_MESSAGE,
            MIRROR_LAG,
            SOURCE_LAG,
            REPLICAS_CONFIGURED,
            REPLICAS_CURRENT,
            REPLICAS_OFFLINE,
            REPLICA_LAG,
            REPLICA_ACTIVE,
            RPO,
            ADVISORIES,
            OVER_BUDGET,
            CONSUMER_HAS_LEADER,
            PENDING,
            ACK_PENDING,
            REDELIVERED,
            WAITING,
            DELIVERED_SEQUENCE,
            ACK_FLOOR,
            LAST_DELIVERY,
            LAST_ACK,
            OLDEST_PENDING,
            GIVEN_UP,
            GIVEN_UP_TOTAL,
            STUCK,
            CONSUMER_CURRENT,
            CONSUMER_OFFLINE,
            CONSUMER_LAG,
            Ha.ROLE_CHANGES,
            Ha.LAST_FAILOVER,
            Ha.MEMBERS,
            Ha.QUORUM_MARGIN,
            Availability.OBSERVED,
            Availability.UNAVAILABLE,
            Availability.OUTAGE,
            Ha.INVARIANT_VIOLATED,
            Ha.CONFIG_FINDING,
            Ha.RPO_SECONDS);

    private AssetFamilies() {}
}
