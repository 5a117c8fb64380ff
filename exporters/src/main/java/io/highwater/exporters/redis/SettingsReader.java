// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.core.Family.gauge;

import io.highwater.core.CollectionException;
import io.highwater.core.Family;
import io.highwater.core.Ha;
import io.highwater.core.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
            "redis_config_min_replicas_to_write", "min-replicas-to-write", "Replicas without which writes are refused.");
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
        var info = Info.parse(replies.getFirst().text());
        addPolicy(info, out);
        var denied = replies.get(1).error();
        if (denied.isPresent()) {
            out.note("settings but for maxmemory and its policy: " + RedisErrors.message(denied.get()));
            return;
        }
        var settings = new HashMap<String, String>();
        for (var reply : replies.subList(1, replies.size())) {
            settings.putAll(reply.fields());
        }
        add(MIN_REPLICAS, settings.get("min-replicas-to-write"), out);
        add(MIN_REPLICAS_LAG, settings.get("min-replicas-max-lag"), out);
        add(BACKLOG, settings.get("repl-backlog-size"), out);
        addFindings(settings, info, out);
    }

    private static void add(Family family, String value, Samples out) {
        if (value != null) {
            Info.numberOf(value).ifPresent(number -> out.add(family, number));
        }
    }

    private void addPolicy(Info info, Samples out) {
        boolean evicts = !info.text("maxmemory_policy").equals("noeviction");
        boolean limited = info.number("maxmemory").orElse(0) > 0;
        finding("maxmemory_unlimited", !limited, out);
        if (queue) {
            finding("queue_may_be_evicted", evicts, out);
        } else {
            finding("full_cache_refuses_writes", limited && !evicts, out);
        }
    }

    private void addFindings(Map<String, String> settings, Info info, Samples out) {
        boolean dumps = !settings.getOrDefault("save", "").isEmpty();
        boolean appends = settings.getOrDefault("appendonly", "").equals("yes");
        boolean replicated = info.number("connected_slaves").orElse(0) > 0 || info.text("role").equals("slave");
        finding("replica_writable", settings.getOrDefault("replica-read-only", "").equals("no"), out);
        finding(
                "backlog_default",
                replicated && Info.numberOf(settings.getOrDefault("repl-backlog-size", "")).orElse(0) <= DEFAULT_BACKLOG,
                out);
        if (queue) {
            finding("queue_not_persistent", !dumps && !appends, out);
            finding("queue_without_append_only_file", dumps && !appends, out);
            finding("queue_never_fsynced", appends && settings.getOrDefault("appendfsync", "").equals("no"), out);
            finding(
                    "queue_writes_without_replicas",
                    replicated && settings.getOrDefault("min-replicas-to-write", "").equals("0"),
                    out);
        } else {
            // Even with an append-only file: a dump that fails stops all writes.
            finding(
                    "failed_dump_stops_cache",
                    dumps && settings.getOrDefault("stop-writes-on-bgsave-error", "").equals("yes"),
                    out);
        }
    }

    private static void finding(String check, boolean found, Samples out) {
        out.add(Ha.CONFIG_FINDING, found, RedisExporter.COMPONENT, check, "");
    }
}
