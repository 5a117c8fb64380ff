// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.exporters.jetstream.AssetFamilies.*;

import io.highwater.core.Derivation;
import io.highwater.core.Facts;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import io.highwater.exporters.jetstream.AssetsSeen.Silent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every stream and consumer once, as its leader says, whoever of the sources saw it: numbers of followers are not right,
 * and neither are those of a leader that has lost its quorum. Rendered anew only when there is something new.
 */
final class AssetView implements Derivation {

    /**
     * What all sources together know of one stream or consumer.
     *
     * @param <S> its state
     */
    private static final class Known<S extends Asset> {
        private final List<S> led = new ArrayList<>();
        private final List<RaftGroup> followed = new ArrayList<>();
        private long newestNanos = Long.MIN_VALUE;
        private boolean byApi;

        void mention(AssetsSeen source, long readNanos) {
            newestNanos = Math.max(newestNanos, readNanos);
            byApi |= source.isApi();
        }

        /** What its leader said last, unless that does not hold any more. */
        @Nullable
        S best(Servers servers) {
            return led.stream()
                    .filter(state -> servers.holds(state.group(), state.readNanos()))
                    .max(Comparator.comparingLong(Asset::readNanos))
                    .orElse(null);
        }

        /** Whether it is not in a list of the API that is newer than all that others said of it. */
        boolean isGone(@Nullable AssetsSeen list) {
            return list != null && !byApi && list.readNanos() > newestNanos;
        }
    }

    private record Inputs(List<AssetsSeen> seen, Object servers) {}

    private final Servers servers;
    private final StreamSeries streams;
    private final ConsumerSeries consumers;
    private final Map<String, AssetsSeen> lastOfServer = new TreeMap<>();
    private @Nullable Inputs last;

    AssetView(Servers servers, boolean consumerReplicas) {
        this.servers = servers;
        this.streams = new StreamSeries(servers);
        this.consumers = new ConsumerSeries(servers, consumerReplicas);
    }

    @Override
    public void derive(List<Snapshot> snapshots, long nowNanos, Samples out) {
        var seen = sources(snapshots);
        var inputs = new Inputs(decisive(seen), servers.state());
        var before = last;
        if (before != null && Facts.same(before.seen, inputs.seen) && before.servers.equals(inputs.servers)) {
            out.unchanged();
            return;
        }
        last = inputs;
        add(seen, out);
    }

    /** The consumers whose numbers hold, as of the last time that there was anything new: another list each time. */
    List<ConsumerState> trusted() {
        return consumers.settled();
    }

    /** What a server says of accounts that the API shows as well is used with the API's next word, and changes little. */
    private static List<AssetsSeen> decisive(List<AssetsSeen> seen) {
        var byApi = seen.stream().filter(AssetsSeen::isApi).toList();
        var accounts = byApi.stream().map(AssetsSeen::account).collect(Collectors.toSet());
        boolean covered = seen.stream()
                .flatMap(source -> source.streams().stream())
                .allMatch(stream -> accounts.contains(stream.account()));
        return covered && !byApi.isEmpty() ? byApi : seen;
    }

    /** An API that does not tell its account's name counts only when there is nobody else. */
    private static List<AssetsSeen> sources(List<Snapshot> snapshots) {
        var all = Facts.of(snapshots, AssetsSeen.class).toList();
        var named = all.stream()
                .filter(seen -> !seen.isApi() || !seen.account().isEmpty())
                .toList();
        return named.isEmpty() ? all : named;
    }

    private void add(List<AssetsSeen> seen, Samples out) {
        var knownStreams = new TreeMap<String, Known<StreamState>>();
        var knownConsumers = new TreeMap<String, Known<ConsumerState>>();
        for (var source : seen) {
            gatherStreams(source, knownStreams);
            gatherConsumers(source, knownConsumers);
        }
        rememberServers(seen).forEach(gone -> gatherLost(gone, knownStreams, knownConsumers));
        forgetDeleted(seen, knownStreams, knownConsumers);
        streams.begin();
        knownStreams.forEach((key, known) -> streams.add(key, known.best(servers), known.followed, out));
        streams.end(out);
        consumers.begin(seen);
        knownConsumers.forEach((key, known) -> consumers.add(key, known.best(servers), known.followed, out));
        consumers.end();
        addAdvisories(seen, out);
        addOverBudget(seen, out);
    }

    private static void gatherStreams(AssetsSeen source, Map<String, Known<StreamState>> streamsOf) {
        for (var stream : source.streams()) {
            boolean byLeader = source.isApi()
                    ? stream.group().leader().isPresent()
                    : stream.group().leader().filter(source.server()::equals).isPresent();
            var known = streamsOf.computeIfAbsent(stream.key(), _ -> new Known<>());
            known.mention(source, stream.readNanos());
            if (byLeader) {
                known.led.add(stream);
            } else {
                known.followed.add(stream.group());
            }
        }
        for (var silent : source.silent()) {
            if (silent.consumer().isEmpty()) {
                mention(source, silent, streamsOf);
            }
        }
    }

    private static void gatherConsumers(AssetsSeen source, Map<String, Known<ConsumerState>> consumersOf) {
        for (var consumer : source.consumers()) {
            var known = consumersOf.computeIfAbsent(consumer.key(), _ -> new Known<>());
            known.mention(source, consumer.readNanos());
            known.led.add(consumer);
        }
        for (var silent : source.silent()) {
            if (!silent.consumer().isEmpty()) {
                mention(source, silent, consumersOf);
            }
        }
    }

    private static <S extends Asset> void mention(AssetsSeen source, Silent silent, Map<String, Known<S>> assets) {
        var known = assets.computeIfAbsent(silent.key(), _ -> new Known<>());
        known.mention(source, source.readNanos());
        known.followed.add(silent.group());
    }

    /** Returns what those servers said last that say nothing now. */
    private List<AssetsSeen> rememberServers(List<AssetsSeen> seen) {
        var silent = new TreeMap<>(lastOfServer);
        for (var source : seen) {
            if (!source.isApi()) {
                lastOfServer.put(source.node(), source);
                silent.remove(source.node());
            }
        }
        return List.copyOf(silent.values());
    }

    /** What nobody else holds has no leader now, and nobody else would say so. */
    private static void gatherLost(
            AssetsSeen gone, Map<String, Known<StreamState>> streamsOf, Map<String, Known<ConsumerState>> consumersOf) {
        gone.streams().stream()
                .filter(stream -> stream.group().size() == 1)
                .forEach(stream -> streamsOf
                        .computeIfAbsent(stream.key(), _ -> new Known<>())
                        .mention(gone, gone.readNanos()));
        gone.consumers().stream()
                .filter(consumer -> consumer.group().size() == 1)
                .forEach(consumer -> consumersOf
                        .computeIfAbsent(consumer.key(), _ -> new Known<>())
                        .mention(gone, gone.readNanos()));
    }

    /** A server's older word does not bring back what the API no longer lists. */
    private static void forgetDeleted(
            List<AssetsSeen> seen,
            Map<String, Known<StreamState>> streamsOf,
            Map<String, Known<ConsumerState>> consumersOf) {
        var lists = new HashMap<String, AssetsSeen>();
        var consumerLists = new HashMap<String, AssetsSeen>();
        for (var source : seen) {
            if (source.isApi() && source.overBudget().getOrDefault("stream", 0) == 0) {
                lists.put(source.account(), source);
            }
            source.complete().forEach(stream -> consumerLists.put(stream, source));
        }
        streamsOf.entrySet().removeIf(entry -> entry.getValue().isGone(lists.get(account(entry.getKey()))));
        consumersOf
                .entrySet()
                .removeIf(entry -> !streamsOf.containsKey(streamOf(entry.getKey()))
                        || entry.getValue().isGone(consumerLists.get(streamOf(entry.getKey()))));
    }

    private static String account(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    private static String streamOf(String consumerKey) {
        return consumerKey.substring(0, consumerKey.lastIndexOf('/'));
    }

    /** Two logins of one account hear the same. */
    private static void addAdvisories(List<AssetsSeen> seen, Samples out) {
        var accounts = new TreeMap<String, Map<Advisories.Kind, Long>>();
        for (var source : seen) {
            var counts = accounts.computeIfAbsent(source.account(), _ -> new HashMap<>());
            source.advisories().forEach((kind, count) -> counts.merge(kind, count, Math::max));
        }
        accounts.forEach((account, counts) -> counts.forEach(
                (kind, count) -> out.add(ADVISORIES, (double) count, account, kind.stream(), kind.type())));
    }

    /** Each account's API has its own budget, and so has each server, of which several hold the same. */
    private static void addOverBudget(List<AssetsSeen> seen, Samples out) {
        if (seen.isEmpty()) {
            return;
        }
        for (var kind : List.of("stream", "consumer")) {
            int ofApi = 0;
            int ofServers = 0;
            for (var source : seen) {
                int over = source.overBudget().getOrDefault(kind, 0);
                ofApi += source.isApi() ? over : 0;
                ofServers = Math.max(ofServers, source.isApi() ? 0 : over);
            }
            out.add(OVER_BUDGET, Math.max(ofApi, ofServers), kind);
        }
    }
}
