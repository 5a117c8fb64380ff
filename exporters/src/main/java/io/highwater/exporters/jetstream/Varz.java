// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.exporters.jetstream.ServerFamilies.*;

import io.highwater.core.Family;
import io.highwater.core.Samples;
import io.highwater.exporters.client.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One server's {@code /varz}: connections, traffic, and JetStream's share of the machine. */
final class Varz {

    /** Numbers that are exposed as they are. */
    private static final Map<String, Family> NUMBERS = Map.of(
            "connections", CONNECTIONS,
            "routes", ROUTES,
            "subscriptions", SUBSCRIPTIONS,
            "mem", MEMORY,
            "slow_consumers", SLOW_CONSUMERS,
            "in_msgs", IN_MESSAGES,
            "out_msgs", OUT_MESSAGES,
            "in_bytes", IN_BYTES,
            "out_bytes", OUT_BYTES);

    /** What servers did before 2.10, which say nothing of it. */
    private static final double SYNC_SECONDS = 120;

    private final Map<Family, Double> numbers = new LinkedHashMap<>();
    private final Map<String, Double> jetStream = new LinkedHashMap<>();
    private String name = "";
    private String version = "";
    private Optional<Instant> start = Optional.empty();
    private boolean hasJetStream;
    private @Nullable RaftGroup meta;
    private long pendingRequests;
    private double syncSeconds = SYNC_SECONDS;
    private boolean syncAlways;

    private Varz() {}

    static Varz read(Json json) throws IOException {
        var of = new Varz();
        json.object(field -> {
            switch (field) {
                case "server_name" -> of.name = json.text();
                case "version" -> of.version = json.text();
                case "start" -> of.start = json.time();
                case "cpu" -> of.numbers.put(CPU, json.real() / 100);
                case "jetstream" -> json.object(key -> of.jetStream(json, key));
                default -> {
                    var family = NUMBERS.get(field);
                    if (family != null) {
                        of.numbers.put(family, json.real());
                    }
                }
            }
        });
        if (of.name.isEmpty()) {
            throw json.mismatch("a server_name");
        }
        return of;
    }

    private void jetStream(Json json, String key) throws IOException {
        switch (key) {
            case "config" -> {
                hasJetStream = true;
                json.object(setting -> config(json, setting));
            }
            case "stats" -> json.object(stat -> stat(json, stat));
            case "meta" -> meta(json);
            default -> {}
        }
    }

    private void config(Json json, String setting) throws IOException {
        switch (setting) {
            case "max_memory", "max_storage" -> jetStream.put(setting, json.real());
            case "sync_interval" -> syncSeconds = json.real() / 1e9;
            case "sync_always" -> syncAlways = json.bool();
            default -> {}
        }
    }

    private void stat(Json json, String stat) throws IOException {
        switch (stat) {
            case "memory", "storage", "reserved_memory", "reserved_storage", "ha_assets" ->
                jetStream.put(stat, json.real());
            case "api" ->
                json.object(key -> {
                    switch (key) {
                        case "total", "errors" -> jetStream.put("api_" + key, json.real());
                        default -> {}
                    }
                });
            default -> {}
        }
    }

    private void meta(Json json) throws IOException {
        var group = new Assets(json, "", name).group(key -> {
            switch (key) {
                // Before 2.10 there is only "pending".
                case "pending", "pending_requests" -> pendingRequests = json.whole();
                default -> {}
            }
        });
        meta = group;
    }

    String name() {
        return name;
    }

    ServerState state(String node) {
        return new ServerState(
                node,
                name,
                hasJetStream,
                meta,
                pendingRequests,
                hasJetStream ? OptionalDouble.of(syncAlways ? 0 : syncSeconds) : OptionalDouble.empty());
    }

    void add(Samples out) {
        out.add(SERVER_INFO, 1, name, version);
        start.ifPresent(at -> out.add(START, at.toEpochMilli() / 1e3));
        numbers.forEach(out::add);
        if (hasJetStream) {
            out.add(SYNC_INTERVAL, syncAlways ? 0 : syncSeconds);
            add(STORAGE_USED, "storage", "file", out);
            add(STORAGE_USED, "memory", "memory", out);
            add(STORAGE_RESERVED, "reserved_storage", "file", out);
            add(STORAGE_RESERVED, "reserved_memory", "memory", out);
            add(STORAGE_MAX, "max_storage", "file", out);
            add(STORAGE_MAX, "max_memory", "memory", out);
            add(HA_ASSETS, "ha_assets", out);
            add(API_REQUESTS, "api_total", out);
            add(API_ERRORS, "api_errors", out);
        }
    }

    private void add(Family family, String number, String kind, Samples out) {
        var value = jetStream.get(number);
        if (value != null) {
            out.add(family, value, kind);
        }
    }

    private void add(Family family, String number, Samples out) {
        var value = jetStream.get(number);
        if (value != null) {
            out.add(family, value);
        }
    }
}
