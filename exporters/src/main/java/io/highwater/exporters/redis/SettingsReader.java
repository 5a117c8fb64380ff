// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.core.Family.gauge;

import io.highwater.core.CollectionException;
import io.highwater.core.Family;
import io.highwater.core.Ha;
import io.highwater.core.Samples;
import io.highwater.exporters.client.redis.Fields;
import io.highwater.exporters.client.redis.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Settings that matter for availability, and those that cost data or availability in a failure. */
final class SettingsReader implements Reader {

    /** One by one, since servers before 7 take one name at a time. */
    private static final List<String> ASKED = List.of(
            "save",
            "appendonly",
            "appendfsync",
            "stop-writes-on-bgsave-error",
            "repl-backlog-size",
            "min-replicas-to-write",
            "min-replicas-max-lag",
            "replica-read-only");

    private static final Family MIN_REPLICAS = setting(
            "redis_config_min_replicas_to_write",
            "min-replicas-to-write",
            "Replicas without which writes are refused.");
    private static final Family MIN_REPLICAS_LAG = setting(
            "redis_config_min_replicas_max_lag_seconds",
            "min-replicas-max-lag",
            "Age of an acknowledgement from which on a replica no longer counts for that.");
    private static final Family BACKLOG =
            setting("redis_config_repl_backlog_size_bytes", "repl-backlog-size", "Size that the backlog is to have.");

    static final List<Family> FAMILIES = List.of(MIN_REPLICAS, MIN_REPLICAS_LAG, BACKLOG, Ha.CONFIG_FINDING);

    /** What a server has when nobody chose. */
    private static final long DEFAULT_BACKLOG = 1024 * 1024;

    private final boolean queue;

    SettingsReader(RedisSettings.Purpose purpose) {
        this.queue = purpose == RedisSettings.Purpose.QUEUE;
    }

    private static Family setting(String name, String setting, String help) {
        return gauge(name, help).from("CONFIG GET " + setting);
    }

    @Override
    public void read(Lane.Pipeline server, Samples out) throws CollectionException {
        var commands = new ArrayList<List<String>>();
        commands.add(List.of("INFO"));
        ASKED.forEach(name -> commands.add(List.of("CONFIG", "GET", name)));
        var replies = server.ask(commands);
        var info = Fields.ofInfo(replies.getFirst().text());
        addPolicy(info, out);
        var denied = replies.get(1).error();
        if (denied.isPresent()) {
            out.note("settings but for maxmemory and its policy: " + denied.get());
            return;
        }
        var values = new HashMap<String, String>();
        for (var reply : replies.subList(1, replies.size())) {
            values.putAll(reply.fields().values());
        }
        var settings = new Fields(values);
        settings.number("min-replicas-to-write").ifPresent(count -> out.add(MIN_REPLICAS, count));
        settings.number("min-replicas-max-lag").ifPresent(seconds -> out.add(MIN_REPLICAS_LAG, seconds));
        settings.number("repl-backlog-size").ifPresent(bytes -> out.add(BACKLOG, bytes));
        addFindings(settings, info, out);
    }

    private void addPolicy(Fields info, Samples out) {
        boolean evicts = !info.text("maxmemory_policy").equals("noeviction");
        boolean limited = info.number("maxmemory").orElse(0) > 0;
        finding("maxmemory_unlimited", !limited, out);
        if (queue) {
            finding("queue_may_be_evicted", evicts, out);
        } else {
            finding("full_cache_refuses_writes", limited && !evicts, out);
        }
    }

    private void addFindings(Fields settings, Fields info, Samples out) {
        boolean dumps = !settings.text("save").isEmpty();
        boolean appends = settings.text("appendonly").equals("yes");
        boolean replicated = info.number("connected_slaves").orElse(0) > 0
                || info.text("role").equals("slave");
        finding("replica_writable", settings.text("replica-read-only").equals("no"), out);
        finding(
                "backlog_default",
                replicated && settings.number("repl-backlog-size").orElse(0) <= DEFAULT_BACKLOG,
                out);
        if (queue) {
            finding("queue_not_persistent", !dumps && !appends, out);
            finding("queue_without_append_only_file", dumps && !appends, out);
            finding(
                    "queue_never_fsynced",
                    appends && settings.text("appendfsync").equals("no"),
                    out);
            finding(
                    "queue_writes_without_replicas",
                    replicated && settings.text("min-replicas-to-write").equals("0"),
                    out);
        } else {
            // Even with an append-only file: a dump that fails stops all writes.
            finding(
                    "failed_dump_stops_cache",
                    dumps && settings.text("stop-writes-on-bgsave-error").equals("yes"),
                    out);
        }
    }

    private static void finding(String check, boolean found, Samples out) {
        out.add(Ha.CONFIG_FINDING, found, RedisExporter.COMPONENT, check, "");
    }
}
