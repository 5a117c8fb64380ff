// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static java.util.stream.Collectors.joining;

import io.highwater.core.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The configuration of an Alertmanager: who is told of what, and when; and which alerts explain which others, so that an
 * incident is one page.
 *
 * @param webhooks where each receiver is told; one without is written with a placeholder, {@link Receiver#INFO} without any
 */
public record AlertmanagerConfig(Level level, Map<Receiver, String> webhooks) {

    /** Who is told. The names are those in the file. */
    public enum Receiver {
        /** Whoever is on call, at any hour. */
        PAGES,
        /** Whoever works on it in working hours. */
        TICKETS,
        /** A channel that nobody has to read. */
        INFO,
        /** Hears the alerts of drills, which have the label {@code drill="true"}: nobody is woken by them. */
        DRILLS,
        /** Hears the Watchdog every minute, and rings when it does not: no other alert says that alerts do not arrive. */
        DEAD_MAN;

        /** As in the file. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private String placeholder() {
            return "http://" + id() + ".invalid/";
        }
    }

    /** When a page was sent, what else happens in the cluster is told not sooner than this. */
    public static final Duration PAGES_INTERVAL = Duration.ofMinutes(5);

    public AlertmanagerConfig {
        var copy = new EnumMap<Receiver, String>(Receiver.class);
        copy.putAll(webhooks);
        webhooks = Collections.unmodifiableMap(copy);
    }

    public static AlertmanagerConfig of(Level level) {
        return new AlertmanagerConfig(level, Map.of());
    }

    public AlertmanagerConfig webhook(Receiver receiver, String url) {
        var more = new EnumMap<Receiver, String>(Receiver.class);
        more.putAll(webhooks);
        more.put(receiver, url);
        return new AlertmanagerConfig(level, more);
    }

    /** How long a page waits for what explains it: the slack of an alert that fires a little later than its consequence. */
    public static Duration pageWait(Level level) {
        return switch (level) {
            case L1 -> Duration.ofSeconds(15);
            case L2 -> Duration.ofSeconds(5);
            case L3 -> Duration.ofSeconds(1);
        };
    }

    /** How long a ticket waits: longer than a page that explains it takes to fire, for a ticket cannot be taken back. */
    public static Duration ticketWait(Level level) {
        return switch (level) {
            case L1 -> Duration.ofMinutes(3);
            case L2 -> Duration.ofMinutes(2);
            case L3 -> Duration.ofSeconds(30);
        };
    }

    /** The file's text. */
    public String yaml() {
        return """
            # Alertmanager for level %1$s: one page for each incident. Written by highwater rules.
            # Yours to fill in: the receivers, at the end.
            route:
              receiver: nobody
              group_by: [cluster]
              routes:
                # Fires always and comes every minute: the alarm is that it stays away.
                - matchers: ['alertname="Watchdog"']
                  receiver: dead-man
                  group_by: [alertname]
                  group_wait: 0s
                  group_interval: 30s
                  repeat_interval: 50s # below a minute, or every second time would be a moment too early
                - matchers: ['drill="true"']
                  receiver: drills
                  group_wait: %2$ds
                  group_interval: %3$dm
                  repeat_interval: 4h
                - matchers: ['severity="critical"']
                  receiver: pages
                  group_wait: %2$ds
                  group_interval: %3$dm
                  repeat_interval: 4h
                - matchers: ['severity="warning"']
                  receiver: tickets
                  group_by: [cluster, component, alertname]
                  group_wait: %4$ds
                  group_interval: %3$dm
                  repeat_interval: 24h
                - matchers: ['severity="info"']
                  receiver: info
                  group_by: [cluster, component, alertname]
                  group_wait: %4$ds
                  group_interval: %3$dm
                  repeat_interval: 24h

            # Labels that two alerts both lack count as equal, so what inhibits within a cluster or a node must have one.
            inhibit_rules:
            %5$s
            receivers:
              - name: nobody
            %6$s""".formatted(
                        level,
                        pageWait(level).toSeconds(),
                        PAGES_INTERVAL.toMinutes(),
                        ticketWait(level).toSeconds(),
                        inhibitions(),
                        Stream.of(Receiver.values()).map(this::receiver).collect(joining()));
    }

    private static String inhibitions() {
        var layers = Stream.of(Layer.values())
                .filter(layer -> !layer.after().isEmpty())
                .map(AlertmanagerConfig::inhibition)
                .collect(joining());
        return layers + """
              # A page of a component in a cluster says it all: no ticket beside it.
              - source_matchers: ['severity="critical"', 'cluster!=""', 'component!=""']
                target_matchers: ['severity=~"warning|info"']
                equal: [cluster, component]
              # What is wrong with a node that is down is that it is down.
              - source_matchers: ['alertname=~".+(Node|Server)Down"', 'cluster!=""', 'node!=""']
                target_matchers: ['severity=~"warning|info"']
                equal: [cluster, component, node]
            """;
    }

    /** A page of one layer inhibits those after it: in its cluster, or everywhere when nothing is seen any more. */
    private static String inhibition(Layer layer) {
        var consequences = layer.after().stream().map(Layer::label).collect(joining("|"));
        boolean everywhere = layer == Layer.MONITORING;
        return """
              - source_matchers: ['severity="critical"', 'layer="%s"'%s]
                target_matchers: ['layer=~"%s"']
            """.formatted(layer.label(), everywhere ? "" : ", 'cluster!=\"\"'", consequences)
                + (everywhere ? "" : "    equal: [cluster]\n");
    }

    private String receiver(Receiver receiver) {
        var name = "  - name: " + receiver.id() + "\n";
        var url = webhooks.get(receiver);
        if (url == null && receiver == Receiver.INFO) {
            return name;
        }
        return name + "    webhook_configs: [{url: '%s'}]\n".formatted(url == null ? receiver.placeholder() : url);
    }
}
