// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import static java.util.stream.Collectors.toCollection;

import io.highwater.lab.HeldAlert;
import io.highwater.lab.Notification;
import io.highwater.rules.AlertmanagerConfig.Receiver;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** What people are told of one cluster. Not thread-safe. */
final class Hearing {

    private final Monitoring monitoring;
    private final String cluster;
    private final NavigableSet<String> unexplained = new TreeSet<>();
    private final NavigableSet<String> outlived = new TreeSet<>();
    private final NavigableSet<String> inhibited = new TreeSet<>();
    private final NavigableSet<String> infos = new TreeSet<>();

    Hearing(Monitoring monitoring, String cluster) {
        this.monitoring = monitoring;
        this.cluster = cluster;
    }

    /** Once in a while: what is inhibited, and what would be in a later page. */
    void look() {
        for (var alert : monitoring.held(cluster)) {
            if (alert.inhibited()) {
                inhibited.add(alert.name());
            } else if (alert.label("severity").equals("info")) {
                infos.add(alert.name());
            }
        }
    }

    /** While it lasts: critical alerts that nothing explains will be in the next page, be it in minutes. */
    void judge() {
        unexplained.addAll(unexplained());
    }

    /** When it is over: critical alerts that go on when what explained them has ended. A page at that moment would have them. */
    void judgeEnd() {
        outlived.addAll(unexplained());
        outlived.removeAll(pages());
    }

    private List<String> unexplained() {
        return monitoring.held(cluster).stream()
                .filter(alert -> alert.label("severity").equals("critical") && !alert.inhibited())
                .map(HeldAlert::name)
                .toList();
    }

    NavigableSet<String> outlived() {
        return new TreeSet<>(outlived);
    }

    /** All that people are, or will be, woken with. */
    NavigableSet<String> pages() {
        var all = told(Receiver.PAGES);
        all.addAll(unexplained);
        return all;
    }

    NavigableSet<String> tickets() {
        return told(Receiver.TICKETS);
    }

    private NavigableSet<String> told(Receiver receiver) {
        return monitoring.told(receiver, cluster).stream()
                .flatMap(one -> one.firing().stream())
                .collect(toCollection(TreeSet::new));
    }

    NavigableSet<String> inhibited() {
        return new TreeSet<>(inhibited);
    }

    NavigableSet<String> infos() {
        return new TreeSet<>(infos);
    }

    Optional<Instant> paged() {
        return monitoring.told(Receiver.PAGES, cluster).stream()
                .filter(one -> !one.firing().isEmpty())
                .map(Notification::received)
                .findFirst();
    }

    /** When people were told that all of the last page is over. */
    Optional<Instant> resolved() {
        var pages = monitoring.told(Receiver.PAGES, cluster);
        return pages.isEmpty() || !pages.getLast().firing().isEmpty()
                ? Optional.empty()
                : Optional.of(pages.getLast().received());
    }

    /** Whether a critical alert fires, as Prometheus sees it. */
    boolean firing() {
        return !monitoring
                .query("ALERTS{alertstate=\"firing\",severity=\"critical\",cluster=\"" + cluster + "\"}")
                .isEmpty();
    }
}
