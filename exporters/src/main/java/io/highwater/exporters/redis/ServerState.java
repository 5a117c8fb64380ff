// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import io.highwater.exporters.client.redis.Fields;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one server says of its place in the set, at one moment: the fact that {@link RedisView} works with. Offsets are
 * bytes from the start of a replication stream; two are comparable when their stream's identity is the same.
 *
 * @param node its configured name
 * @param readNanos when the answer was there, on the {@link System#nanoTime} scale
 * @param address as it is configured, with its port
 * @param runId of this run of the process
 * @param master whether it says that it is one
 * @param loading whether it reads its data from disk or from its master, and serves nobody
 * @param stream identity of the stream that it writes or follows
 * @param formerStream identity of the stream that this one went on from, up to {@code formerEnd}
 * @param offset on a master what it has written, on a replica what it has applied; empty while it has nothing
 * @param changes on a master: changes of data since {@code lastSave}
 * @param lastSave on a master: seconds since 1970 by its clock, when that counter was set back
 * @param backlogBytes on a master: how much of the stream it keeps for replicas that come back; empty when none
 * @param linkUp on a replica: whether it takes its connection to its master for alive
 * @param syncing on a replica: whether it gets a whole copy now
 * @param silence on a replica: seconds since it heard from its master last
 * @param priority on a replica: 0 when Sentinel must not make it master
 * @param cluster what it knows of the Redis Cluster that it is in
 */
record ServerState(
        String node,
        long readNanos,
        String address,
        String runId,
        boolean master,
        boolean loading,
        String stream,
        String formerStream,
        long formerEnd,
        OptionalLong offset,
        long changes,
        long lastSave,
        OptionalLong backlogBytes,
        boolean linkUp,
        boolean syncing,
        OptionalDouble silence,
        long priority,
        Optional<ClusterState> cluster) {

    static ServerState of(String node, String address, long readNanos, Fields info, Optional<ClusterState> cluster) {
        boolean master = info.text("role").equals("master");
        boolean linkUp = info.text("master_link_status").equals("up");
        return new ServerState(
                node,
                readNanos,
                address,
                info.text("run_id"),
                master,
                info.is("loading"),
                info.text("master_replid"),
                info.text("master_replid2"),
                info.whole("second_repl_offset").orElse(-1),
                master ? info.whole("master_repl_offset") : applied(info, linkUp),
                info.whole("rdb_changes_since_last_save").orElse(0),
                info.whole("rdb_last_save_time").orElse(0),
                info.is("repl_backlog_active") ? info.whole("repl_backlog_size") : OptionalLong.empty(),
                linkUp,
                info.is("master_sync_in_progress"),
                info.number(linkUp ? "master_last_io_seconds_ago" : "master_link_down_since_seconds"),
                info.whole("slave_priority").orElse(100),
                cluster);
    }

    /** A replica without a link and without anything to go on from says 1, whatever data it still has. */
    private static OptionalLong applied(Fields info, boolean linkUp) {
        var offset = info.whole("slave_repl_offset");
        return linkUp || offset.orElse(0) > 1 ? offset : OptionalLong.empty();
    }

    boolean takesWrites() {
        return master && !loading;
    }

    /** Whether what it has is the beginning of what that master has. */
    boolean follows(ServerState primary) {
        if (offset.isEmpty()) {
            return false;
        }
        return stream.equals(primary.stream)
                || (stream.equals(primary.formerStream) && offset.getAsLong() < primary.formerEnd);
    }
}
