// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.core.Family.Kind.GAUGE;
import static io.highwater.core.Family.compatible;

import io.highwater.core.Family;
import io.highwater.core.Ha;
import java.util.List;

/** What one Sentinel tells of the masters that it watches, with redis_exporter's names. */
final class SentinelFamilies {

    static final Family MASTERS = compatible("redis_sentinel_masters", GAUGE, "Masters that the Sentinel watches.")
            .from("SENTINEL MASTERS");
    static final Family TILT = compatible(
                    "redis_sentinel_tilt", GAUGE, "Whether the Sentinel distrusts its clock and does nothing.")
            .from("INFO sentinel_tilt");
    static final Family STATUS = compatible(
                    "redis_sentinel_master_status", GAUGE, "Whether the Sentinel finds the master well.")
            .from("SENTINEL MASTERS flags")
            .by("master_name", "master_address", "master_status");
    static final Family SLAVES = ofMaster("slaves", "Replicas that the Sentinel knows, dead ones among them.");
    static final Family OK_SLAVES = ofMaster("ok_slaves", "Replicas that it does not find down.");
    static final Family SENTINELS = ofMaster("sentinels", "Sentinels that it knows, itself and dead ones among them.");
    static final Family OK_SENTINELS = ofMaster("ok_sentinels", "Those that it does not find down.");
    static final Family EPOCH = ofMaster("config_epoch", "Grows with each failover.");
    static final Family LAST_OK_PING =
            ofMaster("last_ok_ping_reply_seconds", "Seconds since the master last answered this Sentinel's ping.");
    static final Family CKQUORUM = compatible(
                    "redis_sentinel_master_ckquorum_status",
                    GAUGE,
                    "Whether this Sentinel reaches a quorum and a majority, as it sees the others.")
            .from("SENTINEL CKQUORUM")
            .by("master_name");
    static final Family CURRENT = Family.info(
                    "redis_sentinel_current_master_info", "Where this Sentinel sends clients that ask for the master.")
            .from("SENTINEL MASTERS")
            .by("master_name", "address");

    static final List<Family> ALL = List.of(
            MASTERS,
            TILT,
            STATUS,
            SLAVES,
            OK_SLAVES,
            SENTINELS,
            OK_SENTINELS,
            EPOCH,
            LAST_OK_PING,
            CKQUORUM,
            CURRENT,
            Ha.CONFIG_FINDING);

    private SentinelFamilies() {}

    private static Family ofMaster(String name, String help) {
        return compatible("redis_sentinel_master_" + name, GAUGE, help)
                .from("SENTINEL MASTERS, SENTINELS, REPLICAS")
                .by("master_name", "master_address");
    }
}
