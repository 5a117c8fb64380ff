// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The streams and consumers that one source sees at one moment.
 *
 * @param node the configured node that was asked
 * @param server the server that speaks for itself; empty for the JetStream API, where each leader speaks
 * @param account the one account that the API shows; empty for all
 * @param streams all of them, whoever leads
 * @param consumers those of which the leader spoke
 * @param silent streams and consumers that are there, and whose leader did not speak here
 * @param complete streams, by key, of which this has all consumers
 * @param overBudget how many streams, consumers were left out
 * @param listens whether the source hears advisories
 * @param advisories how many there were since the agent listens, by type and stream
 * @param givenUp messages given up after max_deliver since the agent listens, by {@code stream/consumer}
 * @param readNanos when the last of it arrived
 */
record AssetsSeen(
        String node,
        String server,
        String account,
        List<StreamState> streams,
        List<ConsumerState> consumers,
        List<Silent> silent,
        Set<String> complete,
        Map<String, Integer> overBudget,
        boolean listens,
        Map<Advisories.Kind, Long> advisories,
        Map<String, Long> givenUp,
        long readNanos) {

    /**
     * A stream, or a consumer of it.
     *
     * @param consumer empty for the stream itself
     * @param group who holds it, as one who does not lead says; nobody when not known
     */
    record Silent(String account, String stream, String consumer, RaftGroup group) {
        String key() {
            return account + "/" + stream + (consumer.isEmpty() ? "" : "/" + consumer);
        }
    }

    boolean isApi() {
        return server.isEmpty();
    }
}
