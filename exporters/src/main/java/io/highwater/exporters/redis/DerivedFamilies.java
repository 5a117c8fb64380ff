// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.core.Family.gauge;

import io.highwater.core.Availability;
import io.highwater.core.Family;
import io.highwater.core.Ha;
import java.util.List;

/** What servers and Sentinels tell together. */
final class DerivedFamilies {

    static final Family MASTERS_IN_SET = gauge(
                    "redis_masters_in_set", "Servers of the set that say they are master, loading ones among them.")
            .from("INFO role of each server that answers");
    static final Family LAG_SECONDS = gauge(
                    "redis_replication_lag_seconds",
                    "Age of the newest change of data that the replica has; absent when unknown.")
            .from("offsets of master and replica over time, all by the agent's clock")
            .by("node");
    static final Family LAG_BYTES = gauge(
                    "redis_replication_lag_bytes",
                    "Bytes of the master's stream, up to its last change of data, that the replica has not applied.")
            .from("offsets of master and replica")
            .by("node");
    static final Family LAG_METHOD = Family.info(
                    "redis_replication_lag_method_info",
                    "How the lag is known: timeline of all servers, or since when the replica says its link is silent.")
            .from("which of the methods gave the lag")
            .by("node", "method");
    static final Family BACKLOG_MARGIN = gauge(
                    "redis_replication_backlog_margin_seconds",
                    "How long a replica may be away before it needs a whole copy, at the last minute's rate of writing.")
            .from("repl_backlog_size; master_repl_offset over time")
            .by("node");
    static final Family FAILOVERS = Family.counter(
                    "redis_failovers_total", "Failovers that the Sentinels agreed on, since the agent started.")
            .from("config-epoch of SENTINEL MASTERS over time")
            .by("master_name");
    static final Family VIEW_AGREES = gauge(
                    "redis_sentinel_view_agrees", "Whether all Sentinels that answer name the same master.")
            .from("SENTINEL MASTERS of each Sentinel that answers")
            .by("master_name");
    static final Family SHARDS = gauge("redis_cluster_shards", "Masters of the Redis Cluster that own slots.")
            .from("CLUSTER NODES of the server with the newest epoch");
    static final Family SHARDS_UNPROTECTED = gauge(
                    "redis_cluster_shards_without_replica", "Those that no replica could take over from.")
            .from("CLUSTER NODES of the server with the newest epoch, servers that answer");

    static final List<Family> ALL = List.of(
            MASTERS_IN_SET,
            LAG_SECONDS,
            LAG_BYTES,
            LAG_METHOD,
            BACKLOG_MARGIN,
            FAILOVERS,
            VIEW_AGREES,
            SHARDS,
            SHARDS_UNPROTECTED,
            Ha.PRIMARY_COUNT,
            Ha.ROLE,
            Ha.ROLE_CHANGES,
            Ha.LAST_FAILOVER,
            Ha.MEMBERS,
            Ha.QUORUM_MARGIN,
            Availability.OBSERVED,
            Availability.UNAVAILABLE,
            Availability.OUTAGE,
            Ha.INVARIANT_VIOLATED,
            Ha.REPLICA_STATE,
            Ha.REPLICA_PROMOTABLE,
            Ha.RPO_SECONDS,
            Ha.RPO_BYTES,
            Ha.LOSS_SECONDS,
            Ha.LOSS_BYTES);

    private DerivedFamilies() {}
}
