// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A job to be added to a {@link JobQueue}: what a worker of the lab does with it, and how it is added.
 *
 * @param name its kind
 * @param data what is done
 * @param options as the library takes them, such as delay, priority, attempts or jobId
 */
public record Job(String name, Map<String, Object> data, Map<String, Object> options) {

    public Job {
        data = Map.copyOf(data);
        options = Map.copyOf(options);
    }

    /** Succeeds at once. */
    public static Job quick() {
        return new Job("quick", Map.of(), Map.of());
    }

    /** Succeeds after some time. */
    public static Job lasting(Duration time) {
        return new Job("lasting", Map.of("ms", time.toMillis()), Map.of());
    }

    /** Fails each time. */
    public static Job failing(String reason) {
        return new Job("failing", Map.of("fail", reason), Map.of());
    }

    /** Goes on until it is {@linkplain QueueProgram#release released}, and succeeds then. */
    public static Job hanging() {
        return new Job("hanging", Map.of("hang", true), Map.of());
    }

    public Job named(String other) {
        return new Job(other, data, options);
    }

    /** More data, which a worker of the lab ignores. */
    public Job with(String key, Object value) {
        return new Job(name, plus(data, key, value), options);
    }

    public Job option(String key, Object value) {
        return new Job(name, data, plus(options, key, value));
    }

    /** Of a request to add it; the queue is missing. */
    Map<String, Object> parameters() {
        return new HashMap<>(Map.of("name", name, "data", data, "options", options));
    }

    private static Map<String, Object> plus(Map<String, Object> map, String key, Object value) {
        var changed = new LinkedHashMap<>(map);
        changed.put(key, value);
        return changed;
    }
}
