// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.ServerFamilies.*;

import io.highwater.core.CollectionException;
import io.highwater.core.Family;
import io.highwater.core.Reason;
import io.highwater.core.Samples;
import io.highwater.exporters.client.redis.Fields;
import io.highwater.exporters.client.redis.Lane;
import io.highwater.exporters.client.redis.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The pulse of a server: INFO, and what it knows of its Redis Cluster when it is in one. */
final class ServerReader implements Reader {

    private static final List<String> INFO = List.of("INFO");
    private static final List<String> CLUSTER_INFO = List.of("CLUSTER", "INFO");
    private static final List<String> CLUSTER_NODES = List.of("CLUSTER", "NODES");

    /** No memory left, dump or append-only file failed, too few replicas. */
    private static final List<String> REFUSALS = List.of("OOM", "MISCONF", "NOREPLICAS");

    private final String node;
    private final String address;
    private final RedisSettings.Purpose purpose;
    private boolean inCluster;

    ServerReader(String node, RedisSettings settings) {
        this.node = node;
        var link = settings.link(node);
        this.address = link.host() + ":" + link.port();
        this.purpose = settings.purpose();
    }

    @Override
    public void read(Lane.Pipeline server, Samples out) throws CollectionException {
        var replies = server.ask(inCluster ? List.of(INFO, CLUSTER_INFO, CLUSTER_NODES) : List.of(INFO));
        long readNanos = System.nanoTime();
        var info = Fields.ofInfo(replies.getFirst().text());
        if (info.text("role").isEmpty()) {
            throw new CollectionException(Reason.PROTOCOL, "INFO tells no role");
        }
        // Known from INFO, so the first collection alone asks twice.
        if (info.is("cluster_enabled") && !inCluster) {
            replies = new ArrayList<>(replies);
            replies.addAll(server.ask(List.of(CLUSTER_INFO, CLUSTER_NODES)));
        }
        inCluster = info.is("cluster_enabled");
        out.fact(ServerState.of(node, address, readNanos, info, cluster(inCluster, replies, out)));
        add(info, out);
    }

    private void add(Fields info, Samples out) {
        ServerFields.add(info, out);
        addInstance(info, out);
        addMemory(info, out);
        addPersistence(info, out);
        addReplication(info, out);
        info.each("db", (db, value) -> addDatabase("db" + db, value, out));
        addErrors(info, out);
    }

    /** Writes that were refused are counted from 0, so that the first one is an increase, too. */
    private static void addErrors(Fields info, Samples out) {
        if (info.has("# Errorstats")) {
            var errors = new TreeMap<String, Double>();
            REFUSALS.forEach(error -> errors.put(error, 0.0));
            info.each(
                    "errorstat_",
                    (error, value) ->
                            Fields.ofParts(value).number("count").ifPresent(count -> errors.put(error, count)));
            errors.forEach((error, count) -> out.add(ERRORS, count, error));
        }
    }

    private static void addInstance(Fields info, Samples out) {
        boolean valkey = info.text("server_name").equals("valkey");
        out.add(
                INSTANCE,
                1,
                info.text("role"),
                info.text("redis_version"),
                info.text(valkey ? "server_mode" : "redis_mode"),
                info.text("maxmemory_policy"),
                valkey ? "valkey" : "redis",
                info.text(valkey ? "valkey_version" : "redis_version"));
    }

    private void addMemory(Fields info, Samples out) {
        double max = info.number("maxmemory").orElse(0);
        double counted = info.number("used_memory").orElse(0)
                - info.number("mem_not_counted_for_evict").orElse(0);
        boolean evicts = !info.text("maxmemory_policy").equals("noeviction");
        if (max > 0) {
            out.add(MEMORY_RATIO, counted / max, "maxmemory");
        } else if (info.number("total_system_memory").orElse(0) > 0) {
            double resident = info.number("used_memory_rss").orElse(0);
            out.add(MEMORY_RATIO, resident / info.number("total_system_memory").orElseThrow(), "machine");
        }
        out.add(POLICY_SAFE, purpose == RedisSettings.Purpose.QUEUE ? !evicts : evicts || max == 0);
    }

    private static void addPersistence(Fields info, Samples out) {
        var now = info.number("server_time_usec");
        var saved = info.number("rdb_last_save_time");
        var changes = info.number("rdb_changes_since_last_save");
        if (now.isPresent() && saved.isPresent() && changes.isPresent()) {
            double age = Math.max(0, now.getAsDouble() / 1e6 - saved.getAsDouble());
            out.add(UNSAVED, changes.getAsDouble() == 0 ? 0 : age);
        }
    }

    private static void addReplication(Fields info, Samples out) {
        info.each("slave", (number, value) -> {
            if (!number.isEmpty() && Character.isDigit(number.charAt(0))) {
                addConnectedReplica(value, out);
            }
        });
        if (info.text("role").equals("slave")) {
            var host = info.text("master_host");
            var port = info.text("master_port");
            out.add(SLAVE_INFO, 1, host, port, info.text("slave_read_only"));
            out.add(LINK_UP, info.text("master_link_status").equals("up"), host, port);
            out.add(SYNCING, info.is("master_sync_in_progress"), host, port);
            info.number("master_last_io_seconds_ago").ifPresent(age -> out.add(LINK_SILENCE, age, host, port));
            info.number("slave_repl_offset").ifPresent(offset -> out.add(SLAVE_OFFSET, offset, host, port));
            info.number("master_link_down_since_seconds").ifPresent(age -> out.add(LINK_DOWN, age));
        }
    }

    private static void addConnectedReplica(String value, Samples out) {
        var parts = Fields.ofParts(value);
        var labels = new String[] {parts.text("ip"), parts.text("port"), parts.text("state")};
        parts.number("offset").ifPresent(offset -> out.add(REPLICA_OFFSET, offset, labels));
        parts.number("lag").ifPresent(lag -> out.add(REPLICA_ACK_AGE, lag, labels));
    }

    private static void addDatabase(String db, String value, Samples out) {
        var parts = Fields.ofParts(value);
        parts.number("keys").ifPresent(keys -> out.add(DB_KEYS, keys, db));
        parts.number("expires").ifPresent(keys -> out.add(DB_KEYS_EXPIRING, keys, db));
    }

    private static Optional<ClusterState> cluster(boolean inCluster, List<Reply> replies, Samples out)
            throws CollectionException {
        if (!inCluster) {
            return Optional.empty();
        }
        if (replies.get(1).error().isPresent() || replies.get(2).error().isPresent()) {
            out.note("redis_cluster_*: the user may not CLUSTER INFO and CLUSTER NODES");
            return Optional.of(ClusterState.UNKNOWN);
        }
        var info = Fields.ofInfo(replies.get(1).text());
        for (Family family : CLUSTER) {
            var field = family.name().substring("redis_".length());
            if (field.equals("cluster_state")) {
                out.add(family, info.text(field).equals("ok"));
            } else {
                info.number(field).ifPresent(value -> out.add(family, value));
            }
        }
        return Optional.of(ClusterState.parse(info, replies.get(2).text()));
    }
}
