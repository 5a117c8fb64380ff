// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import java.util.List;
import java.util.stream.Stream;

/**
 * What fires in one failure, and what people have to be told of that.
 *
 * @param cluster its own, so that incidents do not meet in one Alertmanager
 * @param first fires before the rest, as a consequence may that has the shorter {@code for}
 * @param then fires after that
 * @param pages the names of the alerts in its one page; none for no page
 * @param tickets the names of the warnings that are not inhibited
 */
record Incident(String cluster, List<Fired> first, List<Fired> then, List<String> pages, List<String> tickets) {

    static Incident of(String cluster) {
        return new Incident(cluster, List.of(), List.of(), List.of(), List.of());
    }

    Incident first(Fired... alerts) {
        return new Incident(cluster, here(alerts), then, pages, tickets);
    }

    Incident then(Fired... alerts) {
        return new Incident(cluster, first, here(alerts), pages, tickets);
    }

    Incident pages(String... names) {
        return new Incident(cluster, first, then, List.of(names), tickets);
    }

    Incident tickets(String... names) {
        return new Incident(cluster, first, then, pages, List.of(names));
    }

    private List<Fired> here(Fired... alerts) {
        return Stream.of(alerts).map(alert -> alert.with("cluster", cluster)).toList();
    }
}
