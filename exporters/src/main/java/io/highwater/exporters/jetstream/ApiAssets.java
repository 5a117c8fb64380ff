// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import io.highwater.exporters.jetstream.AssetsSeen.Silent;
import io.highwater.exporters.jetstream.StreamListing.Listed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The streams and consumers of one account. At each turn all of them are asked; between two turns, those that an
 * advisory named.
 */
final class ApiAssets {

    /**
     * A stream with its consumers as last seen.
     *
     * @param consumers null when they could not be listed
     */
    private record Entry(StreamState stream, @Nullable Listed<ConsumerState> consumers, String note) {
        List<ConsumerState> found() {
            return consumers == null ? List.of() : consumers.found();
        }

        List<String> missing() {
            return consumers == null ? List.of() : consumers.missing();
        }
    }

    /** What is done with each of several streams. */
    @FunctionalInterface
    private interface Work<A, T> {
        T of(A one) throws InterruptedException;
    }

    /** Requests that wait for their answers at the same time. */
    private static final int IN_FLIGHT = 8;

    /** When more streams than this changed, asking for all is no more work. */
    private static final int FEW = 16;

    /** A stream whose leader is there answers at once. */
    private static final Duration ALONE_LIMIT = Duration.ofSeconds(1);

    private final String node;
    private final Duration interval;
    private final StreamListing listing;
    private final StoredMessages messages;
    private final JetStreamSettings settings;
    private final Advisories advisories;
    private final Backlog backlog;
    private final Map<String, Entry> entries = new TreeMap<>();
    private final Set<String> silent = new TreeSet<>();
    private int streamsOver;
    private long turnNanos;

    ApiAssets(
            String node,
            Duration interval,
            ApiConnection connection,
            JetStreamSettings settings,
            Advisories advisories) {
        this.node = node;
        this.interval = interval;
        this.listing = new StreamListing(connection);
        this.messages = new StoredMessages(connection);
        this.settings = settings;
        this.advisories = advisories;
        this.backlog = new Backlog(advisories);
        startOver();
    }

    void collect(String account, Deadline deadline, Samples out) throws CollectionException, InterruptedException {
        var changed = advisories.takeChanged();
        boolean isTurn = System.nanoTime() - turnNanos > interval.toNanos() * 9 / 10;
        try {
            if (isTurn || changed.size() > FEW) {
                long now = System.nanoTime();
                readAll(account, deadline);
                turnNanos = now;
            } else {
                readChanged(account, changed, deadline);
            }
        } catch (ApiFailure e) {
            startOver();
            throw e.error().failure();
        } catch (CollectionException | InterruptedException e) {
            startOver();
            throw e;
        }
        tell(account, out);
    }

    /** After a failure what is known is too old to be completed with what has changed. */
    private void startOver() {
        turnNanos = System.nanoTime() - Duration.ofDays(1).toNanos();
    }

    private void readAll(String account, Deadline deadline)
            throws ApiFailure, CollectionException, InterruptedException {
        Listed<StreamState> listed;
        try {
            listed = listing.streams(account, deadline);
        } catch (ApiFailure e) {
            if (!e.error().noMetaLeader() || entries.isEmpty()) {
                throw e;
            }
            readWithoutMetaLeader(account, deadline);
            return;
        }
        var watched = listed.found().stream()
                .filter(stream -> settings.watchesStream(stream.name()))
                .toList();
        streamsOver = Math.max(0, watched.size() - settings.maxStreams());
        var read = inParallel(watched.subList(0, watched.size() - streamsOver), stream -> read(stream, deadline));
        entries.clear();
        read.forEach(entry -> entries.put(entry.stream().name(), entry));
        silent.clear();
        listed.missing().stream().filter(settings::watchesStream).forEach(silent::add);
        forgetOthers();
    }

    private void readChanged(String account, Set<String> changed, Deadline deadline)
            throws ApiFailure, CollectionException, InterruptedException {
        for (var name : changed) {
            if (settings.watchesStream(name)) {
                var stream = listing.stream(account, name, deadline);
                entries.remove(name);
                silent.remove(name);
                if (stream.isPresent() && entries.size() < settings.maxStreams()) {
                    entries.put(name, read(stream.get(), deadline));
                }
            }
        }
        forgetOthers();
    }

    /** Without it there are no lists, but the leader of a stream still speaks for it. */
    private void readWithoutMetaLeader(String account, Deadline deadline) throws InterruptedException {
        var alone = new Deadline(System.nanoTime() + deadline.left(ALONE_LIMIT).toNanos());
        var names = new HashSet<>(entries.keySet());
        names.addAll(silent);
        var answered = inParallel(names, name -> {
            try {
                return listing.stream(account, name, alone);
            } catch (ApiFailure | CollectionException e) {
                return Optional.<StreamState>empty();
            }
        });
        entries.clear();
        silent.clear();
        silent.addAll(names);
        answered.stream().flatMap(Optional::stream).forEach(stream -> {
            silent.remove(stream.name());
            entries.put(stream.name(), new Entry(stream, null, "consumers of " + stream.name() + ": no meta leader"));
        });
    }

    private Entry read(StreamState stream, Deadline deadline) throws InterruptedException {
        if (stream.group().leader().isEmpty() || stream.consumers() == 0) {
            return new Entry(stream, new Listed<>(List.of(), List.of()), "");
        }
        try {
            var listed = listing.consumers(stream, deadline);
            backlog.see(stream);
            var aged = listed.found().stream()
                    .filter(consumer -> settings.watchesConsumer(consumer.name()))
                    .map(consumer -> consumer.withOldestPending(
                            backlog.oldestSeconds(stream, consumer, messages.until(deadline))))
                    .toList();
            var missing =
                    listed.missing().stream().filter(settings::watchesConsumer).toList();
            return new Entry(stream, new Listed<>(aged, missing), "");
        } catch (ApiFailure | CollectionException e) {
            return new Entry(stream, null, "consumers of " + stream.name() + ": " + e.getMessage());
        }
    }

    /** What one stream takes does not hold up the others. */
    private static <A, T> List<T> inParallel(Collection<A> of, Work<A, T> work) throws InterruptedException {
        var slots = new Semaphore(IN_FLIGHT);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<T>>();
            for (var one : of) {
                futures.add(threads.submit((Callable<T>) () -> {
                    slots.acquire();
                    try {
                        return work.of(one);
                    } finally {
                        slots.release();
                    }
                }));
            }
            try {
                var results = new ArrayList<T>();
                for (var future : futures) {
                    results.add(future.get());
                }
                return results;
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private void forgetOthers() {
        Set<String> streams = new HashSet<>();
        Set<String> consumers = new HashSet<>();
        for (var entry : entries.values()) {
            streams.add(entry.stream.key());
            entry.found().forEach(consumer -> consumers.add(consumer.key()));
        }
        backlog.keep(streams, consumers);
        messages.keep(consumers);
        advisories.keep(name -> entries.containsKey(name) || silent.contains(name));
    }

    private void tell(String account, Samples out) {
        var consumers = new ArrayList<ConsumerState>();
        var unheard = new ArrayList<Silent>();
        silent.forEach(name -> unheard.add(new Silent(account, name, "", RaftGroup.UNKNOWN)));
        var complete = new HashSet<String>();
        int over = 0;
        for (var entry : entries.values()) {
            int room = Math.max(0, settings.maxConsumers() - consumers.size());
            consumers.addAll(
                    entry.found().subList(0, Math.min(room, entry.found().size())));
            over += Math.max(0, entry.found().size() - room);
            if (entry.consumers != null && entry.found().size() <= room) {
                complete.add(entry.stream.key());
            }
            entry.missing()
                    .forEach(name -> unheard.add(new Silent(account, entry.stream.name(), name, RaftGroup.UNKNOWN)));
            if (!entry.note.isEmpty()) {
                out.note(entry.note);
            }
        }
        if (messages.mayNotAsk()) {
            out.note("ages of messages: may not ask $JS.API.STREAM.MSG.GET");
        }
        out.fact(new AssetsSeen(
                node,
                "",
                account,
                entries.values().stream().map(Entry::stream).toList(),
                consumers,
                unheard,
                complete,
                Map.of("stream", streamsOver, "consumer", over),
                advisories.generation() >= 0,
                advisories.counts(),
                advisories.givenUpCounts(),
                System.nanoTime()));
    }
}
