// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.exporters.jetstream.AssetFamilies.*;
import static io.highwater.exporters.jetstream.JetStreamExporter.COMPONENT;

import io.highwater.core.Family;
import io.highwater.core.Ha;
import io.highwater.core.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is exposed of consumers: of one with a leader all, of one without that it has none. */
final class ConsumerSeries {

    private static final int SAFE_REPLICAS = 3;

    /** A new leader takes a while until its numbers are more than a follower's. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    /**
     * What is remembered of a consumer.
     *
     * @param leaderNanos when this leader was first heard; long ago for the first leader that is known
     * @param standsNanos since when nothing more was delivered
     */
    private record Past(String leader, long leaderNanos, long deliveries, long standsNanos) {}

    private final Servers servers;
    private final boolean replicas;
    private Map<String, Past> before = new HashMap<>();
    private Map<String, Past> now = new HashMap<>();
    private Map<String, Map<String, Long>> givenUp = Map.of();
    private List<ConsumerState> settling = new ArrayList<>();
    private List<ConsumerState> settled = List.of();

    ConsumerSeries(Servers servers, boolean replicas) {
        this.servers = servers;
        this.replicas = replicas;
    }

    void begin(List<AssetsSeen> sources) {
        now = new HashMap<>();
        settling = new ArrayList<>();
        givenUp = new HashMap<>();
        for (var source : sources) {
            if (source.listens()) {
                givenUp.put(source.account(), source.givenUp());
            }
        }
    }

    void end() {
        before = now;
        settled = settling;
    }

    /** Those whose numbers hold, another list each time. */
    List<ConsumerState> settled() {
        return settled;
    }

    void add(String key, @Nullable ConsumerState consumer, List<RaftGroup> followed, Samples out) {
        var parts = key.split("/", 3);
        boolean elsewhere = consumer == null && followed.stream().anyMatch(servers::followsStranger);
        out.add(CONSUMER_HAS_LEADER, consumer != null || elsewhere, parts);
        if (consumer != null) {
            var past = follow(consumer, key);
            if (isSettled(consumer, past)) {
                settling.add(consumer);
                addNumbers(consumer, parts, out);
                addGivenUp(consumer, parts, out);
                out.add(STUCK, (consumer.readNanos() - past.standsNanos) / 1e9, parts);
            }
            addReplicas(consumer, key, parts, out);
            addFindings(consumer, key, out);
        } else if (!elsewhere) {
            out.add(Ha.QUORUM_MARGIN, -1, COMPONENT, "consumer", key);
        }
    }

    private static void addNumbers(ConsumerState of, String[] labels, Samples out) {
        out.add(PENDING, (double) of.pending(), labels);
        out.add(ACK_PENDING, (double) of.ackPending(), labels);
        out.add(REDELIVERED, (double) of.redelivered(), labels);
        out.add(WAITING, (double) of.waiting(), labels);
        out.add(DELIVERED_SEQUENCE, (double) of.deliveredSequence(), labels);
        out.add(ACK_FLOOR, (double) of.ackFloor(), labels);
        addAge(LAST_DELIVERY, of.lastDelivery(), of.at(), labels, out);
        addAge(LAST_ACK, of.lastAck(), of.at(), labels, out);
        of.oldestPendingSeconds().ifPresent(age -> out.add(OLDEST_PENDING, age, labels));
    }

    private static void addAge(
            Family family, Optional<Instant> event, Optional<Instant> at, String[] labels, Samples out) {
        event.ifPresent(time -> {
            var age = Duration.between(time, at.orElseGet(Instant::now));
            out.add(family, Math.max(0, age.toNanos() / 1e9), labels);
        });
    }

    private Past follow(ConsumerState of, String key) {
        var leader = of.group().leader().orElse("");
        long now = of.readNanos();
        var known = before.get(key);
        if (known == null) {
            known = new Past(leader, now - SETTLED.toNanos(), of.deliveries(), now);
        }
        boolean stands = known.deliveries == of.deliveries() && of.pending() > 0 && !of.paused();
        var past = new Past(
                leader,
                known.leader.equals(leader) ? known.leaderNanos : now,
                of.deliveries(),
                stands ? known.standsNanos : now);
        this.now.put(key, past);
        return past;
    }

    private static boolean isSettled(ConsumerState of, Past past) {
        if (of.group().leaderSince().isPresent() && of.at().isPresent()) {
            var leads = Duration.between(of.group().leaderSince().get(), of.at().get());
            return leads.compareTo(SETTLED) >= 0;
        }
        return of.readNanos() - past.leaderNanos >= SETTLED.toNanos();
    }

    private void addGivenUp(ConsumerState of, String[] labels, Samples out) {
        if (of.maxDeliver() > 0) {
            out.add(GIVEN_UP, (double) Math.max(0, of.redelivered() - of.ackPending()), labels);
            var counts = givenUp.get(of.account());
            if (counts != null) {
                long count = counts.getOrDefault(of.stream() + "/" + of.name(), 0L);
                out.add(GIVEN_UP_TOTAL, (double) count, labels);
            }
        }
    }

    private void addReplicas(ConsumerState of, String key, String[] labels, Samples out) {
        var group = of.group();
        int present = servers.present(group, of.readNanos());
        out.add(Ha.QUORUM_MARGIN, present - group.quorum(), COMPONENT, "consumer", key);
        if (replicas) {
            out.add(CONSUMER_CURRENT, servers.current(group, of.readNanos()), labels);
            out.add(CONSUMER_OFFLINE, group.size() - present, labels);
            for (var peer : group.others()) {
                out.add(CONSUMER_LAG, (double) peer.lag(), labels[0], labels[1], labels[2], peer.name());
            }
        }
    }

    /** Only what is found has a series. */
    private static void addFindings(ConsumerState of, String key, Samples out) {
        if (!of.durable()) {
            out.add(Ha.CONFIG_FINDING, 1, COMPONENT, "not_durable", key);
        }
        if (!of.ackPolicy().equals("explicit")) {
            out.add(Ha.CONFIG_FINDING, 1, COMPONENT, "ack_not_explicit", key);
        }
        if (of.replicas() > 0 && of.replicas() < SAFE_REPLICAS) {
            out.add(Ha.CONFIG_FINDING, 1, COMPONENT, "replicas_below_3", key);
        }
    }
}
