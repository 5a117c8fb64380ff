// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A kind of backend for tests: two nodes with a counter and a gauge each, and what is derived. */
public final class Shop implements Exporter<Shop.Settings> {

    public static final Family UP = Family.gauge("shop_up", "Whether it answers.");
    public static final Family ITEMS =
            Family.gauge("shop_items", "Items on a shelf.").by("shelf", "kind");
    public static final Family SOLD =
            Family.counter("shop_sold_total", "Items sold.").by("shelf");

    /** A shop has a Postgres, too. */
    public static final Family CONNECTIONS_USABLE = Family.gauge("pg_connections_usable", "Connections there can be.");

    public static final Family CONNECTIONS_USED = Family.gauge("pg_connections_used", "Connections there are.");

    /** No keys. */
    public record Settings() {}

    @Override
    public String component() {
        return "shop";
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
        var schedule = Schedule.of(Duration.ofSeconds(1), Duration.ofSeconds(2));
        return List.of(
                new CollectorSpec("pulse", "whether it is open", schedule, true, List.of()),
                new CollectorSpec(
                        "stock",
                        "what there is",
                        schedule,
                        true,
                        List.of(ITEMS, SOLD, CONNECTIONS_USABLE, CONNECTIONS_USED)));
    }

    @Override
    public List<Family> derivedFamilies() {
        return Stream.concat(Backlogs.FAMILIES.stream(), Stream.of(Ha.ROLE)).toList();
    }

    @Override
    public Collection<String> nodes(Settings settings) {
        return List.of("north", "south");
    }

    @Override
    public Session open(Target target, Settings settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Derivation derivation(Settings settings) {
        return Derivation.NONE;
    }
}
