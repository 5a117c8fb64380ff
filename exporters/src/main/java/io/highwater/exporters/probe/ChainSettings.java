// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Target;
import io.highwater.core.tls.ClientTls;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Nodes of one blockchain, which should agree on its head. */
public record ChainSettings(
        @Doc("what the nodes speak: ethereum for JSON-RPC as Ethereum's, arweave for REST as Arweave's")
        Protocol protocol,

        @Doc("the nodes, by the names that they have in labels")
        Map<String, ChainEndpoint> endpoints,

        @Doc("the node that we depend on; may be left out when there is but one")
        Optional<String> primary,

        @Doc("how old the head may be before the chain, or the node, stands still; 1m of ethereum, 30m of arweave")
        Optional<Duration> maxAge,

        @Doc("how many blocks the primary may be behind the others") @Default("5")
        long maxLag,

        @Doc("TLS to the nodes: whom to trust, and who we are")
        Optional<ClientTls> tls)
        implements ProberSettings {

    /** What nodes speak. */
    public enum Protocol {
        ETHEREUM(Duration.ofMinutes(1)),
        ARWEAVE(Duration.ofMinutes(30));

        private final Duration usualAge;

        Protocol(Duration usualAge) {
            this.usualAge = usualAge;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ChainSettings {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("endpoints: name at least one node");
        }
        if (primary.isEmpty() && endpoints.size() > 1) {
            throw new IllegalArgumentException("primary: say which of the endpoints we depend on");
        }
        if (primary.isPresent() && !endpoints.containsKey(primary.get())) {
            throw new IllegalArgumentException("primary: " + primary.get() + " is none of the endpoints");
        }
        if (maxLag < 0) {
            throw new IllegalArgumentException("maxLag: write 0 or more");
        }
    }

    String primaryName() {
        return primary.orElseGet(() -> endpoints.keySet().iterator().next());
    }

    Duration mostAge() {
        return maxAge.orElse(protocol.usualAge);
    }

    @Override
    public Prober open(Target target) {
        return new ChainProber(this);
    }
}
