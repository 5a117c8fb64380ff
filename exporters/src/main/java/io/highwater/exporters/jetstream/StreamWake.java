// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.Wakes;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hears the first message of each stream that lies idle, on the stream's own subjects. A subscription ends by itself with
 * one message, on the server, so of a busy stream nothing is received. Safe for several threads.
 */
final class StreamWake {

    /** It would hear our own requests. */
    private static final String EVERYTHING = ">";

    private final Runnable collectSoon;
    private final Wakes wakes = new Wakes();
    private final Map<String, List<Subscription>> listening = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> woken = new HashSet<>();
    private final Set<String> missed = new HashSet<>();
    private @Nullable Dispatcher dispatcher;

    /** @param collectSoon called when {@link #takeWoken} or {@link #takeMissed} has something to give */
    StreamWake(Runnable collectSoon) {
        this.collectSoon = collectSoon;
    }

    /** Another connection, which listens to nothing yet and may be let do what the one before was not. */
    synchronized void connected(Connection connection) {
        listening.clear();
        refused.clear();
        dispatcher = connection.createDispatcher(_ -> {});
    }

    /** The connection was away for a while, and what it would have heard with it. */
    void reconnected() {
        var armed = wakes.armed();
        if (!armed.isEmpty()) {
            synchronized (this) {
                missed.addAll(armed);
            }
            collectSoon.run();
        }
    }

    /** We may not listen to that subject. */
    synchronized void refused(String subject) {
        refused.add(subject);
    }

    /** The subjects that we may not listen to. */
    synchronized Set<String> refused() {
        return Set.copyOf(refused);
    }

    /** Listens to these and to no others, and tells which of them it did not listen to before. */
    synchronized Set<String> arm(Map<String, StreamState> idle) {
        wakes.arm(idle.keySet());
        var fresh = new HashSet<>(wakes.armed());
        listening.keySet().stream()
                .filter(name -> !fresh.contains(name))
                .toList()
                .forEach(this::silence);
        fresh.removeAll(listening.keySet());
        idle.values().stream()
                .filter(stream -> fresh.contains(stream.name()))
                .forEach(stream -> listening.put(stream.name(), listen(stream.name(), stream.subjects())));
        return fresh;
    }

    private List<Subscription> listen(String stream, List<String> subjects) {
        var subscriptions = new ArrayList<Subscription>();
        for (var subject : subjects) {
            if (dispatcher != null && !subject.equals(EVERYTHING) && !refused.contains(subject)) {
                try {
                    var subscription = dispatcher.subscribe(subject, _ -> happened(stream));
                    dispatcher.unsubscribe(subscription, 1);
                    subscriptions.add(subscription);
                } catch (IllegalStateException e) {
                    // The connection was closed; the next one listens anew.
                }
            }
        }
        return subscriptions;
    }

    private void silence(String stream) {
        for (var subscription : listening.getOrDefault(stream, List.of())) {
            try {
                if (dispatcher != null && subscription.isActive()) {
                    dispatcher.unsubscribe(subscription);
                }
            } catch (IllegalStateException e) {
                // It ended just now.
            }
        }
        listening.remove(stream);
    }

    private void happened(String stream) {
        if (wakes.happened(stream)) {
            synchronized (this) {
                silence(stream);
                woken.add(stream);
            }
            collectSoon.run();
        }
    }

    /** The streams that had a message since this was asked before. */
    synchronized Set<String> takeWoken() {
        var taken = Set.copyOf(woken);
        woken.clear();
        return taken;
    }

    /** The streams that may have had one while nobody could hear it. */
    synchronized Set<String> takeMissed() {
        var taken = Set.copyOf(missed);
        missed.clear();
        return taken;
    }
}
