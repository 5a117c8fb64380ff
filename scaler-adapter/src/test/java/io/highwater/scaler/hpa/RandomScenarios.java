// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import io.highwater.scaler.hpa.MetricSpec.PerReplica;
import io.highwater.scaler.hpa.MetricSpec.Source;
import io.highwater.scaler.hpa.ScalingRules.Select;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Autoscalers that nobody would think of, the same at every run. Windows and periods are no multiples of 1.1 s. */
final class RandomScenarios {

    private static final int LOOKS = 20;

    private final Random random;

    RandomScenarios(long seed) {
        random = new Random(seed);
    }

    Scenario next(int number) {
        var spec = new HpaSpec(
                1 + random.nextInt(4),
                8 + random.nextInt(10),
                List.of(
                        new PerReplica(Source.EXTERNAL, "lag", 10_000),
                        new PerReplica(Source.EXTERNAL, "requests", 7_000)),
                Optional.of(new Behavior(rules(), rules())));
        int start = spec.minReplicas() + random.nextInt(spec.maxReplicas() - spec.minReplicas() + 1);
        return Scenario.of("random " + number, spec, start, LOOKS, script(), script());
    }

    private ScalingRules rules() {
        var policies = IntStream.range(0, 1 + random.nextInt(2))
                .mapToObj(_ -> policy())
                .toList();
        var select = random.nextInt(8) == 0 ? Select.DISABLED : random.nextBoolean() ? Select.MAX : Select.MIN;
        var tolerance = random.nextInt(3) == 0 ? OptionalDouble.of(random.nextInt(4) / 10.0) : OptionalDouble.empty();
        return new ScalingRules(Optional.of(seconds(random.nextBoolean() ? 0 : 3)), policies, select, tolerance);
    }

    private ScalingPolicy policy() {
        return random.nextBoolean()
                ? ScalingPolicy.pods(1 + random.nextInt(4), seconds(3))
                : ScalingPolicy.percent(10 + random.nextInt(100), seconds(3));
    }

    /** Nothing, or from so many on. */
    private Duration seconds(int least) {
        return Duration.ofSeconds(least == 0 ? 0 : least + random.nextInt(4));
    }

    private String script() {
        return IntStream.range(0, LOOKS)
                .mapToObj(_ -> random.nextInt(6) == 0 ? "error" : random.nextInt(150) + "x" + (1 + random.nextInt(3)))
                .collect(Collectors.joining(" "));
    }
}
