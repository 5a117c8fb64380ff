// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import io.highwater.core.Backlogs;
import io.highwater.scaler.signal.Aggregate;
import io.highwater.scaler.signal.SignalSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The signals that a policy makes for itself, where the configuration names a backlog or a Postgres and not a signal.
 * Their names have a {@code /} in them, so nobody can ask for them by Kubernetes' ways.
 */
final class Names {

    private final String policy;
    private final Map<String, SignalSettings> made = new LinkedHashMap<>();

    Names(String policy) {
        this.policy = policy;
    }

    /** All that were made. */
    Map<String, SignalSettings> made() {
        return made;
    }

    /** Of one of the families {@code ha_backlog_*}. */
    String ofBacklog(io.highwater.core.Family family, DrainSettings.BacklogSettings backlog) {
        var where = new HashMap<>(
                Map.of("cluster", backlog.cluster(), "component", backlog.component(), "name", backlog.name()));
        backlog.unit().ifPresent(unit -> where.put("unit", unit));
        boolean age = family.equals(Backlogs.OLDEST_AGE);
        return add(family.name(), where, age ? Aggregate.MAX : Aggregate.SUM, backlog.name());
    }

    /** Of a Postgres: one node's, or the primary's. */
    String ofPostgres(String family, String cluster, Optional<String> node) {
        var where = new HashMap<>(Map.of("cluster", cluster));
        node.ifPresentOrElse(name -> where.put("node", name), () -> where.put("role", "primary"));
        return add(family, where, Aggregate.SUM, cluster);
    }

    private String add(String family, Map<String, String> where, Aggregate aggregate, String of) {
        var name = policy + "/" + family + "/" + of;
        made.put(
                name,
                new SignalSettings(
                        Optional.of(family),
                        Optional.empty(),
                        Optional.empty(),
                        where,
                        aggregate,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Duration.ofMinutes(5),
                        3,
                        List.of(),
                        List.of()));
        return name;
    }
}
