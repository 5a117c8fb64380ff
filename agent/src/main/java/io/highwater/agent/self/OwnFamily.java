// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import java.util.List;
import java.util.stream.Stream;

/**
 * A metric family of the agent itself, as data.
 *
 * @param type as in the {@code TYPE} line
 * @param help one sentence for the {@code HELP} line
 */
public record OwnFamily(String name, String type, List<String> labels, String help) {

    private static final List<String> TARGET = List.of("cluster", "component", "node");
    private static final List<String> SIGNAL = List.of("signal");
    private static final List<String> POLICY = List.of("policy", "namespace");
    private static final List<String> COLLECTOR = List.of("cluster", "component", "node", "collector");

    static final OwnFamily TARGET_UP = new OwnFamily(
            "highwater_target_up",
            "gauge",
            TARGET,
            "Whether the target's first collector succeeded the last time and recently.");
    static final OwnFamily AGE = new OwnFamily(
            "highwater_snapshot_age_seconds",
            "gauge",
            COLLECTOR,
            "Age of the newest collection whose samples are shown; they vanish when it exceeds maxAge.");
    static final OwnFamily LAST_SUCCESS = new OwnFamily(
            "highwater_collection_last_success_timestamp_seconds",
            "gauge",
            COLLECTOR,
            "When the newest collection that succeeded ended.");
    static final OwnFamily DURATION = new OwnFamily(
            "highwater_collection_duration_seconds",
            "summary",
            COLLECTOR,
            "How long collections took, failed ones too.");
    static final OwnFamily DURATION_MAX = new OwnFamily(
            "highwater_collection_duration_seconds_max",
            "gauge",
            COLLECTOR,
            "The longest that a collection took in the last minutes.");
    static final OwnFamily COLLECTIONS = new OwnFamily(
            "highwater_collections_total",
            "counter",
            with(COLLECTOR, "outcome"),
            "Collections by how they ended: collected, or the reason why not.");
    static final OwnFamily SKIPPED = new OwnFamily(
            "highwater_collections_skipped_total",
            "counter",
            with(COLLECTOR, "reason"),
            "Collections that did not run: the one before had not ended, or credentials were turned down.");
    static final OwnFamily DROPPED = new OwnFamily(
            "highwater_series_dropped_total",
            "counter",
            with(COLLECTOR, "family"),
            "Samples above maxSeries, which were not exposed.");
    static final OwnFamily RELOAD_SUCCESSFUL = new OwnFamily(
            "highwater_config_last_reload_successful",
            "gauge",
            List.of(),
            "Whether the configuration was good when it was last read.");
    static final OwnFamily RELOAD_TIMESTAMP = new OwnFamily(
            "highwater_config_last_reload_success_timestamp_seconds",
            "gauge",
            List.of(),
            "When the configuration in force was read.");
    static final OwnFamily REQUESTS = new OwnFamily(
            "highwater_http_requests_total",
            "counter",
            List.of("handler", "code"),
            "HTTP requests that were answered.");
    static final OwnFamily SIGNAL_VALUE = new OwnFamily(
            "highwater_signal_value",
            "gauge",
            SIGNAL,
            "The signal's number, all its labels together; absent when dead.");
    static final OwnFamily SIGNAL_AGE = new OwnFamily(
            "highwater_signal_age_seconds", "gauge", SIGNAL, "Age of the oldest sample that the signal is made of.");
    static final OwnFamily SIGNAL_QUALITY = new OwnFamily(
            "highwater_signal_quality",
            "gauge",
            List.of("signal", "quality"),
            "1 for what the signal is: fresh, stale (what runs is held), dead (an error); 0 for the others.");
    static final OwnFamily POLICY_WANTED = new OwnFamily(
            "highwater_policy_wanted_replicas",
            "gauge",
            POLICY,
            "What the policy's inputs want, not rounded and before bounds and limits; absent when not known.");
    static final OwnFamily POLICY_REPLICAS = new OwnFamily(
            "highwater_policy_replicas",
            "gauge",
            POLICY,
            "What the policy answers to autoscalers; absent while that is an error.");
    static final OwnFamily POLICY_RUNNING = new OwnFamily(
            "highwater_policy_running_replicas",
            "gauge",
            POLICY,
            "Replicas that the workload has; absent when not known.");
    static final OwnFamily POLICY_HELD = new OwnFamily(
            "highwater_policy_held",
            "gauge",
            POLICY,
            "1 while the policy answers what runs, or an error, since not all is known or it only observes.");
    static final OwnFamily POLICY_CAP = new OwnFamily(
            "highwater_policy_cap_replicas",
            "gauge",
            List.of("policy", "namespace", "guard"),
            "The most replicas that a limit allows which is below what is wanted.");
    static final OwnFamily BUILD = new OwnFamily(
            "highwater_build_info",
            "gauge",
            List.of("version", "revision", "jdk"),
            "Which build of the agent this is, and what it runs on.");

    /** Only in the answer of a probe. */
    public static final OwnFamily PROBE_SUCCESS = new OwnFamily(
            "highwater_collector_success", "gauge", COLLECTOR, "On /probe: whether the collector succeeded just now.");

    /** Only in the answer of a probe. */
    public static final OwnFamily PROBE_DURATION = new OwnFamily(
            "highwater_collector_duration_seconds",
            "gauge",
            COLLECTOR,
            "On /probe: how long the collector took just now.");

    public OwnFamily {
        labels = List.copyOf(labels);
    }

    /** All of them that are called {@code highwater_*}; those of the JVM and the process are not declared here. */
    public static List<OwnFamily> all() {
        var ofAgent = List.of(
                TARGET_UP,
                AGE,
                LAST_SUCCESS,
                DURATION,
                DURATION_MAX,
                COLLECTIONS,
                SKIPPED,
                DROPPED,
                RELOAD_SUCCESSFUL,
                RELOAD_TIMESTAMP,
                REQUESTS,
                SIGNAL_VALUE,
                SIGNAL_AGE,
                SIGNAL_QUALITY,
                POLICY_WANTED,
                POLICY_REPLICAS,
                POLICY_RUNNING,
                POLICY_HELD,
                POLICY_CAP,
                BUILD,
                PROBE_SUCCESS,
                PROBE_DURATION);
        return Stream.concat(ofAgent.stream(), AutoscalerFamilies.ALL.stream()).toList();
    }

    private static List<String> with(List<String> labels, String more) {
        return Stream.concat(labels.stream(), Stream.of(more)).toList();
    }
}
