// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.exporters.jetstream.AssetFamilies.*;
import static io.highwater.exporters.jetstream.JetStreamExporter.COMPONENT;

import io.highwater.core.Ha;
import io.highwater.core.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is exposed of streams: of one with a leader all, of one without that it has none. */
final class StreamSeries {

    /** With fewer, one lost server stops the stream. */
    private static final int SAFE_REPLICAS = 3;

    private final Servers servers;
    private OptionalDouble worstRpo = OptionalDouble.empty();

    StreamSeries(Servers servers) {
        this.servers = servers;
    }

    void begin() {
        worstRpo = OptionalDouble.empty();
    }

    void add(String key, @Nullable StreamState stream, List<RaftGroup> followed, Samples out) {
        var account = key.substring(0, key.indexOf('/'));
        var name = key.substring(key.indexOf('/') + 1);
        boolean elsewhere = stream == null && followed.stream().anyMatch(servers::followsStranger);
        out.add(HAS_LEADER, stream != null || elsewhere, account, name);
        if (stream != null) {
            addState(stream, out);
            addReplicas(stream, out);
            addExposure(stream, out);
            addFindings(stream, out);
        } else if (!elsewhere) {
            out.add(Ha.QUORUM_MARGIN, -1, COMPONENT, "stream", key);
        }
    }

    void end(Samples out) {
        if (worstRpo.isPresent()) {
            out.add(Ha.RPO_SECONDS, worstRpo.getAsDouble(), COMPONENT);
        }
    }

    private static void addState(StreamState of, Samples out) {
        String[] labels = {of.account(), of.name()};
        out.add(MESSAGES, (double) of.messages(), labels);
        out.add(BYTES, (double) of.bytes(), labels);
        out.add(FIRST_SEQUENCE, (double) of.firstSequence(), labels);
        out.add(LAST_SEQUENCE, (double) of.lastSequence(), labels);
        out.add(CONSUMERS, (double) of.consumers(), labels);
        of.firstTime().ifPresent(at -> out.add(FIRST_MESSAGE, at.toEpochMilli() / 1e3, labels));
        if (of.limitBytes() > 0) {
            out.add(LIMIT_BYTES, (double) of.limitBytes(), labels);
        }
        if (of.limitMessages() > 0) {
            out.add(LIMIT_MESSAGES, (double) of.limitMessages(), labels);
        }
        if (of.limitBytes() > 0 || of.limitMessages() > 0) {
            out.add(USED_RATIO, usedRatio(of), labels);
        }
        addUpstreams(of, out);
    }

    /** Sources of one name are of several domains or of several parts of it: the worst counts. */
    private static void addUpstreams(StreamState of, Samples out) {
        var lags = new TreeMap<String, Long>();
        for (var upstream : of.upstreams()) {
            if (upstream.mirror()) {
                out.add(MIRROR_LAG, (double) upstream.lag(), of.account(), of.name());
            } else {
                lags.merge(upstream.name(), upstream.lag(), Math::max);
            }
        }
        lags.forEach((source, lag) -> out.add(SOURCE_LAG, (double) lag, of.account(), of.name(), source));
    }

    private static double usedRatio(StreamState of) {
        double ofBytes = of.limitBytes() > 0 ? (double) of.bytes() / of.limitBytes() : 0;
        double ofMessages = of.limitMessages() > 0 ? (double) of.messages() / of.limitMessages() : 0;
        return Math.max(ofBytes, ofMessages);
    }

    private void addReplicas(StreamState of, Samples out) {
        String[] labels = {of.account(), of.name()};
        var group = of.group();
        int present = servers.present(group, of.readNanos());
        group.leader()
                .filter(server -> !server.isEmpty())
                .ifPresent(server -> out.add(LEADER, 1, of.account(), of.name(), server));
        group.leaderSince().ifPresent(at -> out.add(LEADER_SINCE, at.toEpochMilli() / 1e3, labels));
        out.add(REPLICAS_CONFIGURED, of.replicas(), labels);
        out.add(REPLICAS_CURRENT, servers.current(group, of.readNanos()), labels);
        out.add(REPLICAS_OFFLINE, group.size() - present, labels);
        for (var peer : group.others()) {
            out.add(REPLICA_LAG, (double) peer.lag(), of.account(), of.name(), peer.name());
            out.add(REPLICA_ACTIVE, peer.activeSeconds(), of.account(), of.name(), peer.name());
        }
        out.add(Ha.QUORUM_MARGIN, present - group.quorum(), COMPONENT, "stream", of.key());
    }

    /** Acknowledged is what a quorum has, in its memory: a power cut takes what was not synced since. */
    private void addExposure(StreamState of, Samples out) {
        var sync = servers.syncSeconds();
        if (of.inMemory() || sync.isEmpty()) {
            return;
        }
        double ofAll = hasUnsynced(of, sync.getAsDouble()) ? sync.getAsDouble() : 0;
        double ofNode = of.group().size() > 1 ? 0 : ofAll;
        out.add(RPO, ofNode, of.account(), of.name(), "node");
        out.add(RPO, ofAll, of.account(), of.name(), "all");
        worstRpo = OptionalDouble.of(Math.max(worstRpo.orElse(0), ofNode));
    }

    private static boolean hasUnsynced(StreamState of, double syncSeconds) {
        return of.lastTime()
                .map(last -> Duration.between(last, of.at().orElseGet(Instant::now)))
                .map(age -> age.toNanos() / 1e9 < syncSeconds)
                .orElse(false);
    }

    /** Only what is found has a series: there are many streams, and few that are set up badly. */
    private static void addFindings(StreamState of, Samples out) {
        if (of.replicas() < SAFE_REPLICAS) {
            out.add(Ha.CONFIG_FINDING, 1, COMPONENT, "replicas_below_3", of.key());
        }
        if (of.inMemory()) {
            out.add(Ha.CONFIG_FINDING, 1, COMPONENT, "memory_storage", of.key());
        }
    }
}
