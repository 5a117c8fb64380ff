// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the servers told by themselves, on {@code $JS.EVENT.ADVISORY.>}: counted, and kept as far as it says which
 * streams have changed and which messages were given up. Safe for several threads.
 */
final class Advisories {

    /** The audit of every API request, with its reply, is not among them: it would double the servers' work. */
    static final List<String> SUBJECTS = List.of(
            "$JS.EVENT.ADVISORY.STREAM.>", "$JS.EVENT.ADVISORY.CONSUMER.>", "$JS.EVENT.ADVISORY.API.LIMIT_REACHED");

    /** What follows the prefix on which all of them are. */
    private static final int KIND_TOKEN = 3;

    private static final int EVENT_TOKEN = 4;
    private static final int STREAM_TOKEN = 5;
    private static final int CONSUMER_TOKEN = 6;

    /** After which streams and consumers are asked anew at once. */
    private static final Set<String> CHANGES = Set.of(
            "created",
            "deleted",
            "updated",
            "modified",
            "leader_elected",
            "quorum_lost",
            "max_deliveries",
            "pause",
            "peer_removed");

    /** More messages than this are not kept for one consumer: its oldest pending message is then not known. */
    private static final int MOST_GIVEN_UP = 10_000;

    /** @param stream empty for what concerns no stream */
    record Kind(String type, String stream) {}

    private final Runnable onChange;
    private final Map<Kind, Long> counts = new HashMap<>();
    private final Map<String, Long> givenUpCounts = new HashMap<>();
    private final Map<String, TreeSet<Long>> givenUp = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private boolean listening;
    private int generation;

    /** @param onChange called when {@link #takeChanged} has something to give */
    Advisories(Runnable onChange) {
        this.onChange = onChange;
    }

    /** Nothing can be missed from now on. */
    synchronized void listens() {
        listening = true;
        generation++;
    }

    /** From now on something may be missed. */
    synchronized void isDeaf() {
        listening = false;
        generation++;
    }

    /** The same number twice means that nothing was missed in between; below 0 that nobody listens. */
    synchronized int generation() {
        return listening ? generation : -1;
    }

    void take(String subject, byte[] message) {
        var tokens = subject.split("\\.", -1);
        if (tokens.length > EVENT_TOKEN && count(tokens, message)) {
            onChange.run();
        }
    }

    private synchronized boolean count(String[] tokens, byte[] message) {
        var event = tokens[EVENT_TOKEN].toLowerCase(Locale.ROOT);
        var stream = tokens.length > STREAM_TOKEN ? tokens[STREAM_TOKEN] : "";
        counts.merge(new Kind(tokens[KIND_TOKEN].toLowerCase(Locale.ROOT) + "_" + event, stream), 1L, Long::sum);
        if (event.equals("max_deliveries") && tokens.length > CONSUMER_TOKEN) {
            giveUp(stream + "/" + tokens[CONSUMER_TOKEN], message);
        }
        return CHANGES.contains(event) && !stream.isEmpty() && changed.add(stream);
    }

    private void giveUp(String consumer, byte[] message) {
        givenUpCounts.merge(consumer, 1L, Long::sum);
        var sequences = givenUp.computeIfAbsent(consumer, _ -> new TreeSet<>());
        try {
            sequences.add(sequence(message));
        } catch (CollectionException e) {
            generation++; // it is not known which message
        }
        if (sequences.size() > MOST_GIVEN_UP) {
            sequences.clear();
            generation++;
        }
    }

    private static long sequence(byte[] message) throws CollectionException {
        var found = new long[1];
        Json.read(message, "advisory", json -> {
            json.object(field -> {
                if (field.equals("stream_seq")) {
                    found[0] = json.whole();
                }
            });
            return json;
        });
        return found[0];
    }

    /** The first sequence after that one which the consumer, {@code stream/consumer}, has not given up. */
    synchronized long nextKept(String consumer, long after) {
        var sequences = givenUp.getOrDefault(consumer, new TreeSet<>());
        sequences.headSet(after, true).clear();
        long next = after + 1;
        while (sequences.contains(next)) {
            next++;
        }
        return next;
    }

    /** The streams that changed since this was asked before. */
    synchronized Set<String> takeChanged() {
        var taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }

    synchronized Map<Kind, Long> counts() {
        return Map.copyOf(counts);
    }

    synchronized Map<String, Long> givenUpCounts() {
        return Map.copyOf(givenUpCounts);
    }

    /** Forgets what concerns streams that are gone. */
    synchronized void keep(Predicate<String> stream) {
        counts.keySet().removeIf(kind -> !kind.stream.isEmpty() && !stream.test(kind.stream));
        Predicate<String> gone = consumer -> !stream.test(consumer.substring(0, consumer.indexOf('/')));
        givenUpCounts.keySet().removeIf(gone);
        givenUp.keySet().removeIf(gone);
    }
}
