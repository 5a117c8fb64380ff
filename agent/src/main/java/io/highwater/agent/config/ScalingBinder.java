// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.ComponentPlan;
import io.highwater.scaler.policy.Policy;
import io.highwater.scaler.policy.PolicySettings;
import io.highwater.scaler.signal.Origins;
import io.highwater.scaler.signal.SignalSettings;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The signals and policies of all files, checked against each other and against what is watched. */
final class ScalingBinder {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?");

    /** Kubernetes takes a path that ends in these for one of its own. */
    private static final Set<String> RESERVED = Set.of("status", "finalize");

    private record Written<S>(S settings, Yaml.Mapping keys) {}

    private final Origins origins;
    private final Problems problems;
    private final Map<String, Written<SignalSettings>> signals = new LinkedHashMap<>();
    private final Map<String, Written<PolicySettings>> policies = new LinkedHashMap<>();
    private final Map<String, Place> names = new LinkedHashMap<>();

    ScalingBinder(Origins origins, Problems problems) {
        this.origins = origins;
        this.problems = problems;
    }

    /** Adds those of one file. */
    void add(Yaml.Mapping file, FileSettings settings) {
        add(settings.signals(), Yaml.Mapping.of(file.get("signals")), signals);
        add(settings.policies(), Yaml.Mapping.of(file.get("policies")), policies);
    }

    private <S> void add(Map<String, S> settings, Yaml.Mapping written, Map<String, Written<S>> to) {
        settings.forEach((name, of) -> {
            var keys = Yaml.Mapping.of(written.get(name));
            if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
                problems.add(
                        keys.place(),
                        "a name is lower case letters, digits, - and ., at most 63, and not status or finalize",
                        "Kubernetes asks for it by that name");
            }
            var first = names.putIfAbsent(name, keys.place());
            if (first != null) {
                problems.add(
                        keys.place(), "two signals or policies have that name", "the first is " + first.position());
            }
            to.putIfAbsent(name, new Written<>(of, keys));
        });
    }

    Map<String, SignalSettings> signals() {
        return settings(signals);
    }

    Map<String, PolicySettings> policies() {
        return settings(policies);
    }

    private static <S> Map<String, S> settings(Map<String, Written<S>> written) {
        var settings = new LinkedHashMap<String, S>();
        written.forEach((name, of) -> settings.put(name, of.settings));
        return settings;
    }

    /** After all files were read. */
    void check(List<ComponentPlan<?>> plans) {
        var check = new SignalCheck(origins, plans, problems);
        signals.forEach((_, signal) -> check.check(signal.settings, key -> place(signal.keys, key)));
        policies.forEach((name, policy) -> {
            for (var used : policy.settings.signals()) {
                if (!signals.containsKey(used)) {
                    problems.unknown(policy.keys.place(), "signal \"" + used + "\"", used, signals.keySet());
                }
            }
            var own = new Policy(name, policy.settings).ownSignals();
            var seen = new HashSet<Map<String, String>>(); // one mistake makes several signals wrong
            own.values().stream()
                    .filter(signal -> seen.add(signal.where()))
                    .forEach(signal -> check.check(signal, _ -> policy.keys.place()));
        });
    }

    /** Of the key when it is written, else of the whole. */
    private static Place place(Yaml.Mapping keys, String key) {
        return keys.has(key) ? keys.get(key).place() : keys.place();
    }
}
