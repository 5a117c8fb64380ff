// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.Samples;
import io.highwater.exporters.client.InParallel;
import io.highwater.exporters.jetstream.AssetsSeen.Silent;
import io.highwater.exporters.jetstream.StreamListing.Listed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

        List<String> names() {
            return Stream.concat(found().stream().map(ConsumerState::name), missing().stream())
                    .toList();
        }
    }

    /** Requests that wait for their answers at the same time. */
    private static final int IN_FLIGHT = 8;

    /** When more streams than this changed, asking for all is no more work. */
    private static final int FEW = 16;

    /** In milliseconds; together twice that is waited. */
    private static final long LONGEST_STORING = 128;

    /** A page of a list waits four seconds for one who does not answer; so long, and we ask one by one. */
    private static final double SHARE_OF_A_PAGE = 0.35;

    private final String node;
    private final Duration interval;
    private final StreamListing listing;
    private final StoredMessages messages;
    private final JetStreamSettings settings;
    private final Advisories advisories;
    private final StreamWake wake;
    private final OldestPending oldest;
    private final Map<String, Entry> entries = new TreeMap<>();
    private final Set<String> silent = new TreeSet<>();
    private int streamsOver;
    private long turnNanos;

    ApiAssets(
            String node,
            Duration interval,
            ApiConnection connection,
            JetStreamSettings settings,
            Advisories advisories,
            StreamWake wake) {
        this.node = node;
        this.interval = interval;
        this.listing = new StreamListing(connection);
        this.messages = new StoredMessages(connection);
        this.settings = settings;
        this.advisories = advisories;
        this.wake = wake;
        this.oldest = new OldestPending(advisories);
        startOver();
    }

    void collect(String account, Deadline deadline, Samples out) throws CollectionException, InterruptedException {
        var woken = wake.takeWoken();
        var changed = new HashSet<>(advisories.takeChanged());
        changed.addAll(woken);
        changed.addAll(wake.takeMissed());
        var before = new HashMap<>(entries);
        before.keySet().retainAll(woken);
        boolean isTurn = System.nanoTime() - turnNanos > interval.toNanos() * 9 / 10;
        try {
            if (isTurn || changed.size() > FEW) {
                long now = System.nanoTime();
                readAll(account, deadline);
                turnNanos = now;
            } else {
                readChanged(account, changed, deadline);
            }
            awaitStored(account, before, deadline);
        } catch (ApiFailure e) {
            startOver();
            throw e.error().failure();
        } catch (CollectionException | InterruptedException e) {
            startOver();
            throw e;
        }
        listen(account, deadline, out);
        tell(account, out);
    }

    /** A message is heard before it is stored, and stored before every server that leads a consumer has it. */
    private void awaitStored(String account, Map<String, Entry> before, Deadline deadline) throws InterruptedException {
        var late = new HashMap<>(before);
        for (long millis = 4; millis <= LONGEST_STORING; millis *= 2) {
            late.values().removeIf(known -> isTold(known, entries.get(known.stream.name())));
            if (late.isEmpty()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(millis);
            readChanged(account, late.keySet(), deadline);
        }
    }

    private static boolean isTold(Entry before, @Nullable Entry now) {
        long last = before.stream.lastSequence();
        return now == null
                || (now.stream.lastSequence() > last
                        && (now.found().isEmpty() || now.found().stream().anyMatch(consumer -> knows(consumer, last))));
    }

    private static boolean knows(ConsumerState consumer, long last) {
        return consumer.pending() > 0 || consumer.ackPending() > 0 || consumer.deliveredSequence() > last;
    }

    /** Of streams for whose consumers nothing waits, the next message wakes. */
    private void listen(String account, Deadline deadline, Samples out) throws InterruptedException {
        var fresh = wake.arm(idle());
        if (!fresh.isEmpty()) {
            // A message may have come after we had asked and before we listened.
            readChanged(account, fresh, deadline);
            wake.arm(idle());
        }
        wake.refused().forEach(subject -> out.note("wake: may not subscribe to " + subject));
    }

    private Map<String, StreamState> idle() {
        var idle = new HashMap<String, StreamState>();
        for (var entry : entries.values()) {
            var stream = entry.stream;
            boolean known = entry.consumers != null && entry.missing().isEmpty();
            if (known
                    && settings.wakesFor(stream.name())
                    && entry.found().stream().allMatch(consumer -> consumer.pending() == 0)) {
                idle.put(stream.name(), stream);
            }
        }
        return idle;
    }

    /** After a failure what is known is too old to be completed with what has changed. */
    private void startOver() {
        turnNanos = System.nanoTime() - Duration.ofDays(1).toNanos();
    }

    private void readAll(String account, Deadline deadline)
            throws ApiFailure, CollectionException, InterruptedException {
        var known = new TreeSet<>(entries.keySet());
        known.addAll(silent);
        try {
            var page = known.isEmpty() ? deadline.left() : deadline.left(SHARE_OF_A_PAGE);
            var listed = listing.streams(account, deadline, page);
            take(listed, deadline);
        } catch (ApiFailure e) {
            if (!e.error().noMetaLeader() || known.isEmpty()) {
                throw e;
            }
            take(byName(account, known, deadline), deadline);
        } catch (CollectionException e) {
            if (e.reason() != Reason.TIMEOUT || known.isEmpty()) {
                throw e;
            }
            take(byName(account, known, deadline), deadline);
        }
        forgetOthers();
    }

    /** There may be no list, and the leader of each stream speaks for it all the same. */
    private Listed<StreamState> byName(String account, Set<String> names, Deadline deadline)
            throws InterruptedException {
        var limit = deadline.share(0.5);
        var found = InParallel.each(names, IN_FLIGHT, name -> oneStream(account, name, limit));
        var streams = found.stream().flatMap(Optional::stream).toList();
        var missing = new TreeSet<>(names);
        streams.forEach(stream -> missing.remove(stream.name()));
        return new Listed<>(streams, List.copyOf(missing));
    }

    private void take(Listed<StreamState> listed, Deadline deadline) throws InterruptedException {
        var watched = listed.found().stream()
                .filter(stream -> settings.watchesStream(stream.name()))
                .toList();
        streamsOver = Math.max(0, watched.size() - settings.maxStreams());
        var read = InParallel.each(
                watched.subList(0, watched.size() - streamsOver), IN_FLIGHT, stream -> read(stream, deadline));
        entries.clear();
        read.forEach(entry -> entries.put(entry.stream().name(), entry));
        silent.clear();
        listed.missing().stream().filter(settings::watchesStream).forEach(silent::add);
    }

    private void readChanged(String account, Set<String> changed, Deadline deadline) throws InterruptedException {
        var names = changed.stream().filter(settings::watchesStream).toList();
        var read = InParallel.each(names, IN_FLIGHT, name -> {
            var stream = oneStream(account, name, deadline);
            return stream.isEmpty() ? Optional.<Entry>empty() : Optional.of(read(stream.get(), deadline));
        });
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            silent.remove(name);
            if (read.get(i).isEmpty()) {
                entries.remove(name);
            } else if (entries.containsKey(name) || entries.size() < settings.maxStreams()) {
                entries.put(name, read.get(i).get());
            }
        }
        forgetOthers();
    }

    /** Empty when it is gone, or nobody answers for it: then the next turn tells which. */
    private Optional<StreamState> oneStream(String account, String name, Deadline deadline)
            throws InterruptedException {
        try {
            return listing.stream(account, name, deadline);
        } catch (ApiFailure | CollectionException e) {
            return Optional.empty();
        }
    }

    private Entry read(StreamState stream, Deadline deadline) throws InterruptedException {
        if (stream.group().leader().isEmpty() || stream.consumers() == 0) {
            return new Entry(stream, new Listed<>(List.of(), List.of()), "");
        }
        try {
            var listed = consumers(stream, deadline);
            oldest.see(stream);
            var aged = listed.found().stream()
                    .filter(consumer -> settings.watchesConsumer(consumer.name()))
                    .map(consumer -> consumer.in(stream))
                    .map(consumer -> consumer.withOldestPending(
                            oldest.oldestSeconds(stream, consumer, messages.until(deadline))))
                    .toList();
            var missing =
                    listed.missing().stream().filter(settings::watchesConsumer).toList();
            return new Entry(stream, new Listed<>(aged, missing), "");
        } catch (ApiFailure | CollectionException e) {
            return new Entry(stream, null, "consumers of " + stream.name() + ": " + e.getMessage());
        }
    }

    private Listed<ConsumerState> consumers(StreamState stream, Deadline deadline)
            throws ApiFailure, CollectionException, InterruptedException {
        var before = entries.get(stream.name());
        if (before == null || before.names().isEmpty()) {
            return listing.consumers(stream, deadline, deadline.left());
        }
        try {
            return listing.consumers(stream, deadline, deadline.left(SHARE_OF_A_PAGE));
        } catch (CollectionException e) {
            if (e.reason() != Reason.TIMEOUT) {
                throw e;
            }
            return listing.consumers(stream, before.names(), deadline.share(0.5));
        }
    }

    private void forgetOthers() {
        Set<String> streams = new HashSet<>();
        Set<String> consumers = new HashSet<>();
        for (var entry : entries.values()) {
            streams.add(entry.stream.key());
            entry.found().forEach(consumer -> consumers.add(consumer.key()));
        }
        oldest.keep(streams, consumers);
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
