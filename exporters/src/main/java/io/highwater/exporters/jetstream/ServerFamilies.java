// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.core.Family.Kind.GAUGE;
import static io.highwater.core.Family.compatible;
import static io.highwater.core.Family.counter;
import static io.highwater.core.Family.gauge;

import io.highwater.core.Family;
import java.util.List;

/** What a server says of itself, and the API of an account. */
final class ServerFamilies {

    static final Family UP = compatible("nats_up", GAUGE, "Whether the monitoring port, or the JetStream API, answers.")
            .from("outcome of the health collector");
    static final Family HEALTHZ_OK = gauge(
                    "nats_healthz_ok",
                    "Whether the server calls itself well: its JetStream (server), or all that it holds (assets); it may be wrong for seconds.")
            .from("/healthz?js-server-only=true; /healthz")
            .by("check");
    static final Family SERVER_INFO = Family.info("nats_server_info", "The server's own name, and its version.")
            .from("/varz server_name, version")
            .by("server_name", "version");
    static final Family START = gauge("nats_server_start_timestamp_seconds", "When the server started.")
            .from("/varz start");
    static final Family CONNECTIONS =
            gauge("nats_server_connections", "Clients that are connected.").from("/varz connections");
    static final Family ROUTES = gauge("nats_server_routes", "Connections to other servers of the cluster.")
            .from("/varz routes");
    static final Family SUBSCRIPTIONS =
            gauge("nats_server_subscriptions", "Subscriptions of all clients.").from("/varz subscriptions");
    static final Family CPU = gauge("nats_server_cpu_ratio", "Processor cores that the server uses.")
            .from("/varz cpu");
    static final Family MEMORY =
            gauge("nats_server_memory_bytes", "Resident memory of the server.").from("/varz mem");
    static final Family SLOW_CONSUMERS = counter(
                    "nats_server_slow_consumers_total", "Clients that were cut off since they read too slowly.")
            .from("/varz slow_consumers");
    static final Family IN_MESSAGES =
            counter("nats_server_in_messages_total", "Messages received.").from("/varz in_msgs");
    static final Family OUT_MESSAGES =
            counter("nats_server_out_messages_total", "Messages sent.").from("/varz out_msgs");
    static final Family IN_BYTES =
            counter("nats_server_in_bytes_total", "Bytes received.").from("/varz in_bytes");
    static final Family OUT_BYTES =
            counter("nats_server_out_bytes_total", "Bytes sent.").from("/varz out_bytes");
    static final Family STORAGE_USED = gauge("nats_jetstream_storage_used_bytes", "What the streams take.")
            .from("/varz jetstream.stats.storage, memory")
            .by("kind");
    static final Family STORAGE_RESERVED = gauge(
                    "nats_jetstream_storage_reserved_bytes", "What is set aside for streams with a limit.")
            .from("/varz jetstream.stats.reserved_storage, reserved_memory")
            .by("kind");
    static final Family STORAGE_MAX = gauge("nats_jetstream_storage_max_bytes", "What the streams may take.")
            .from("/varz jetstream.config.max_storage, max_memory")
            .by("kind");
    static final Family HA_ASSETS = gauge(
                    "nats_jetstream_ha_assets", "Streams and consumers with replicas of which the server holds one.")
            .from("/varz jetstream.stats.ha_assets");
    static final Family API_REQUESTS = counter("nats_jetstream_api_requests_total", "Requests to the JetStream API.")
            .from("/varz jetstream.stats.api.total");
    static final Family API_ERRORS = counter(
                    "nats_jetstream_api_errors_total",
                    "Requests to the JetStream API that were answered with an error.")
            .from("/varz jetstream.stats.api.errors");
    static final Family SYNC_INTERVAL = gauge(
                    "nats_jetstream_sync_interval_seconds",
                    "How long what is acknowledged may be in this machine's memory alone; 0 when each write is synced.")
            .from("/varz jetstream.config.sync_interval, sync_always; 120 before 2.10");

    static final Family META_TERM = gauge(
                    "nats_jetstream_meta_term", "Elections of the meta group that the server knows of.")
            .from("/raftz term, from 2.10 on");
    static final Family META_APPLY_LAG = gauge(
                    "nats_jetstream_meta_apply_lag_operations",
                    "Changes that the meta group has agreed upon and the server has not made.")
            .from("/raftz committed - applied, from 2.10 on");

    static final List<Family> OF_JSZ = List.of(HEALTHZ_OK, META_TERM, META_APPLY_LAG);

    static final List<Family> OF_HEALTH = List.of(
            HEALTHZ_OK,
            SERVER_INFO,
            START,
            CONNECTIONS,
            ROUTES,
            SUBSCRIPTIONS,
            CPU,
            MEMORY,
            SLOW_CONSUMERS,
            IN_MESSAGES,
            OUT_MESSAGES,
            IN_BYTES,
            OUT_BYTES,
            STORAGE_USED,
            STORAGE_RESERVED,
            STORAGE_MAX,
            HA_ASSETS,
            API_REQUESTS,
            API_ERRORS,
            SYNC_INTERVAL);

    private ServerFamilies() {}
}
