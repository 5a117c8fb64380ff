// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.exporters.jetstream.JetStreamExporter.COMPONENT;

import io.highwater.core.Backlog;
import io.highwater.core.Backlogs;
import io.highwater.core.Derivation;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What waits in consumers, and how fast it comes and goes. Its items are the messages that were never delivered and those
 * that were and are not acknowledged, whether the consumer is paused or not; what was given up after max_deliver is done.
 *
 * <p>No server counts acknowledgements. What a consumer is done with is what it was given once, less what it has not
 * acknowledged, and the first of these is known of two sorts of consumers: one that wants all of its stream was given the
 * stream up to a sequence, and of one that is given nothing twice the deliveries are counted. Of a consumer that wants
 * some subjects and tries again neither holds: sequences of the stream count others' messages, deliveries count repeated
 * ones. It has items and no rates. Arrivals follow from completions and items, which are of one moment; the stream's last
 * sequence is not, and counts what was deleted before it could be delivered.
 */
final class BacklogView implements Derivation {

    private final AssetView assets;
    private final Backlogs backlogs = new Backlogs(COMPONENT);
    private Map<String, ConsumerState> before = Map.of();
    private List<ConsumerState> last = List.of();

    /** @param assets which is derived before, from the same snapshots */
    BacklogView(AssetView assets) {
        this.assets = assets;
    }

    /** Rates are of the time until the last word about a consumer, so without a new one they are as they were. */
    @Override
    @SuppressWarnings("ReferenceEquality") // The list is another one as soon as anything was heard.
    public void derive(List<Snapshot> snapshots, long nowNanos, Samples out) {
        var consumers = assets.trusted();
        if (consumers == last) {
            out.unchanged();
            return;
        }
        last = consumers;
        // When nobody tells of any, there may be all of them: their histories wait for the next word.
        if (!consumers.isEmpty()) {
            see(consumers);
            backlogs.addTo(out);
        }
    }

    private void see(List<ConsumerState> consumers) {
        var now = new HashMap<String, ConsumerState>();
        var all = new ArrayList<Backlog>(consumers.size());
        var going = new ArrayList<Backlog>(consumers.size());
        for (var consumer : consumers) {
            var known = before.get(consumer.key());
            var newest = known != null && isOlder(consumer, known) ? known : consumer;
            now.put(consumer.key(), newest);
            all.add(backlog(newest));
            if (known != null && isSame(newest, known)) {
                going.add(all.getLast());
            }
        }
        before = now;
        if (going.size() < all.size()) {
            backlogs.see(going);
        }
        backlogs.see(all);
    }

    /** A server's long list may arrive after what another one said later. */
    private static boolean isOlder(ConsumerState one, ConsumerState other) {
        return one.at().isPresent()
                && other.at().isPresent()
                && one.at().get().isBefore(other.at().get());
    }

    /** Whether its counts go on: it was not made anew under its name, wants the same, and is counted in the same way. */
    private static boolean isSame(ConsumerState one, ConsumerState other) {
        return one.created().equals(other.created())
                && one.filters().equals(other.filters())
                && one.wantsAll() == other.wantsAll()
                && triesOnce(one) == triesOnce(other);
    }

    private static Backlog backlog(ConsumerState of) {
        return new Backlog(
                "consumer",
                of.key(),
                OptionalDouble.of((double) of.pending() + of.ackPending()),
                of.oldestPendingSeconds(),
                OptionalLong.empty(),
                completions(of),
                of.readNanos());
    }

    private static OptionalLong completions(ConsumerState of) {
        if (triesOnce(of)) {
            return OptionalLong.of(of.deliveries() - of.ackPending());
        }
        return of.wantsAll() ? OptionalLong.of(of.deliveredSequence() - of.ackPending()) : OptionalLong.empty();
    }

    private static boolean triesOnce(ConsumerState of) {
        return of.ackPolicy().equals("none") || of.maxDeliver() == 1;
    }
}
