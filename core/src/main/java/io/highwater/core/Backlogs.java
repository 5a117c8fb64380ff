// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The backlogs of one component over about a minute, and the rates that follow; confined to a {@link Derivation}'s lock.
 *
 * <p>Where only one of the two counts is known, the other follows from it and how the items grow; then what leaves in
 * another way, as by a purge, is completed too. Where neither is, there are no rates.
 */
public final class Backlogs {

    public static final Family ITEMS = gauge(
            "ha_backlog_items",
            "Items that wait or are worked on: all that are not done with.",
            "the backend's counts");
    public static final Family OLDEST_AGE = gauge(
            "ha_backlog_oldest_age_seconds",
            "How long the oldest item that is not done with has been there; 0 without any.",
            "the backend's times");
    public static final Family ARRIVAL_RATE = gauge(
            "ha_backlog_arrival_rate", "Items that came, per second.", "the backend's counts over about a minute");
    public static final Family COMPLETION_RATE = gauge(
            "ha_backlog_completion_rate",
            "Items that were done with, per second.",
            "the backend's counts over about a minute");
    public static final Family DRAIN = gauge(
            "ha_backlog_drain_seconds",
            "How long until all is done if both rates stay; 0 without items, +Inf while they do not become fewer.",
            "items and rates");
    public static final Family WAIT = gauge(
            "ha_backlog_wait_seconds",
            "How long what comes now will wait until it is done; 0 without items, +Inf while nothing is.",
            "items and completions");

    /** All of them. */
    public static final List<Family> FAMILIES = List.of(ITEMS, OLDEST_AGE, ARRIVAL_RATE, COMPLETION_RATE, DRAIN, WAIT);

    private record Key(String unit, String name) {}

    private final String component;
    private Map<Key, BacklogHistory> histories = Map.of();

    public Backlogs(String component) {
        this.component = component;
    }

    private static Family gauge(String name, String help, String source) {
        return Family.gauge(name, help).from(source).by("component", "unit", "name");
    }

    /**
     * Notes all that there are now; those not among them are forgotten. A note that is not newer than the last of its
     * name changes nothing. While nobody answers, it is not to be called: the counts bridge the time until somebody does.
     */
    public void see(Collection<Backlog> now) {
        var seen = new LinkedHashMap<Key, BacklogHistory>();
        for (var backlog : now) {
            var key = new Key(backlog.unit(), backlog.name());
            seen.computeIfAbsent(key, this::history).note(backlog);
        }
        histories = seen;
    }

    private BacklogHistory history(Key key) {
        var known = histories.get(key);
        return known == null ? new BacklogHistory() : known;
    }

    /** Adds the samples of all that were seen last. */
    public void addTo(Samples out) {
        histories.forEach((key, history) -> add(key, history, out));
    }

    private void add(Key key, BacklogHistory of, Samples out) {
        add(ITEMS, of.items(), key, out);
        add(OLDEST_AGE, of.oldestAgeSeconds(), key, out);
        add(ARRIVAL_RATE, of.arrivalRate(), key, out);
        add(COMPLETION_RATE, of.completionRate(), key, out);
        add(DRAIN, of.drainSeconds(), key, out);
        add(WAIT, of.waitSeconds(), key, out);
    }

    private void add(Family family, OptionalDouble value, Key key, Samples out) {
        value.ifPresent(known -> out.add(family, known, component, key.unit, key.name));
    }
}
