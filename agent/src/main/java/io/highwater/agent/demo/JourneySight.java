// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What is seen of journeys through a service. */
record JourneySight(List<Journey> journeys) implements Sight {

    private static final double LONG_SECONDS = 1;

    /**
     * @param took the newest attempt
     * @param outage since when it fails, as seconds; 0 while it does not
     */
    record Journey(String name, boolean works, OptionalDouble took, OptionalDouble outage) {}

    static JourneySight of(Readings now, List<String> names) {
        return new JourneySight(names.stream()
                .map(name -> {
                    var node = "node=\"" + name + "\"";
                    return new Journey(
                            name,
                            now.value("probe_success", node).orElse(0) == 1,
                            now.value("probe_duration_seconds", node),
                            now.value("probe_outage_seconds", node));
                })
                .toList());
    }

    @Override
    public String words() {
        return "probe"
                + journeys.stream()
                        .map(one -> " " + one.name + "=" + (one.works ? "works" : "fails") + " outage="
                                + Quantities.compact(Quantities.seconds(one.outage)))
                        .collect(Collectors.joining());
    }

    /** One line: the terminal is full. */
    @Override
    public List<String> picture(Ink ink) {
        return List.of(journeys.stream()
                .map(one -> one.name + " " + ink.judge(one.works, one.works ? "works" : "fails") + " in "
                        + Quantities.seconds(one.took) + ", away "
                        + Quantities.seconds(one.outage, LONG_SECONDS, ink))
                .collect(Collectors.joining("   ")));
    }

    @Override
    public Curve curve() {
        return new Curve("took", journeys.getFirst().took, Quantities::seconds);
    }
}
