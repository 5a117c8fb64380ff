// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is seen of an S3 store through one endpoint.
 *
 * @param steps of the newest probe, as far as it came
 * @param outage since when it fails, as seconds; 0 while it does not
 */
record StoreSight(String name, boolean works, List<Step> steps, OptionalDouble outage) implements Sight {

    private static final double LONG_SECONDS = 1;

    record Step(String name, OptionalDouble took) {}

    static StoreSight of(Readings now, String name) {
        var node = "node=\"" + name + "\"";
        return new StoreSight(
                name,
                now.value("s3_up", node).orElse(0) == 1,
                Stream.of("put", "head", "get", "delete")
                        .map(step -> new Step(
                                step, now.value("s3_probe_step_duration_seconds", node, "step=\"" + step + "\"")))
                        .toList(),
                now.value("s3_probe_outage_seconds", node));
    }

    @Override
    public String words() {
        return "s3 " + (works ? "works" : "fails") + " outage=" + Quantities.compact(Quantities.seconds(outage));
    }

    /** One line: the terminal is full. */
    @Override
    public List<String> picture(Ink ink) {
        return List.of(name + " " + ink.judge(works, works ? "works" : "fails") + ", away "
                + Quantities.seconds(outage, LONG_SECONDS, ink) + "   "
                + steps.stream()
                        .map(step -> step.name + " " + Quantities.seconds(step.took))
                        .collect(Collectors.joining(" ")));
    }

    @Override
    public Curve curve() {
        return new Curve("put", steps.getFirst().took, Quantities::seconds);
    }
}
