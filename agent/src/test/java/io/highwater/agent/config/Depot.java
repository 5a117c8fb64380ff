// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.CollectorSpec;
import io.highwater.core.Default;
import io.highwater.core.Derivation;
import io.highwater.core.Doc;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.core.Schedule;
import io.highwater.core.Secret;
import io.highwater.core.Session;
import io.highwater.core.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An exporter with settings of every sort, for tests that never collect. */
final class Depot implements Exporter<Depot.Settings> {

    record Settings(
            @Doc("where the nodes are") Map<String, Node> nodes,
            @Doc("who asks") String user,
            @Doc("the user's password") Optional<Secret> password,

            @Default("5s") @Doc("how long a connection may take")
            Duration patience,

            @Default("[goods, people]") @Doc("what is counted")
            List<String> kinds) {
        Settings {
            if (kinds.isEmpty()) {
                throw new IllegalArgumentException("kinds: there must be one at least");
            }
            if (patience.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException("nobody is that patient");
            }
        }
    }

    record Node(
            @Doc("host:port") String address,
            @Default("front") @Doc("which side") Side side) {
        Node {
            if (!address.contains(":")) {
                throw new IllegalArgumentException("address: expected host:port");
            }
        }
    }

    enum Side {
        FRONT,
        BACK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final Family UP = Family.gauge("depot_up", "Whether the depot answers.");

    private static final Family STOCK =
            Family.gauge("depot_stock_bytes", "What is in stock.").by("shelf");

    private static final Schedule USUAL = Schedule.of(Duration.ofSeconds(15), Duration.ofSeconds(5));

    @Override
    public String component() {
        return "depot";
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Family up() {
        return UP;
    }

    @Override
    public List<CollectorSpec> collectors() {
        return List.of(
                new CollectorSpec("pulse", "whether it answers", USUAL, true, List.of()),
                new CollectorSpec("stock", "what is on the shelves", USUAL, true, List.of(STOCK)),
                new CollectorSpec("theft", "what is missing", USUAL, false, List.of()));
    }

    @Override
    public List<Family> derivedFamilies() {
        return List.of();
    }

    @Override
    public Collection<String> nodes(Settings settings) {
        return settings.nodes().keySet();
    }

    @Override
    public Session open(Target target, Settings settings) {
        throw new UnsupportedOperationException("settings are all that this exporter has");
    }

    @Override
    public Derivation derivation(Settings settings) {
        return Derivation.NONE;
    }
}
