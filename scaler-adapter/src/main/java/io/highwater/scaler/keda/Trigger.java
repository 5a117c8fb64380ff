// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.highwater.core.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What the metadata of a ScaledObject's trigger says to us.
 *
 * @param metric the name of a signal or a policy
 * @param target how much of it one replica takes; for a metric that does not say so itself
 * @param activationTarget above which there is work; without it the metric says whether there is
 */
record Trigger(String metric, OptionalDouble target, OptionalDouble activationTarget) {

    private static final String METRIC = "metric";
    private static final String TARGET_PER_REPLICA = "targetPerReplica";
    private static final String TARGET = "target";
    private static final String ACTIVATION_TARGET = "activationTarget";
    private static final List<String> OURS = List.of(METRIC, TARGET_PER_REPLICA, TARGET, ACTIVATION_TARGET);
    private static final List<String> KEDAS =
            List.of("scalerAddress", "enableTLS", "unsafeSsl", "caCert", "tlsClientCert", "tlsClientKey");
    private static final String FROM_ENVIRONMENT = "FromEnv";

    /** Throws a status that says what to write. */
    static Trigger of(Map<String, String> metadata) {
        metadata.keySet().forEach(Trigger::refuseMistyped);
        var metric = text(metadata, METRIC)
                .orElseThrow(() -> wrong(METRIC, "write the name of the signal or policy to scale by"));
        var perReplica = number(metadata, TARGET_PER_REPLICA);
        var target = number(metadata, TARGET);
        if (perReplica.isPresent() && target.isPresent()) {
            throw wrong(TARGET, "the same as " + TARGET_PER_REPLICA + ", write one of them");
        }
        var either = perReplica.isPresent() ? perReplica : target;
        if (either.isPresent() && either.getAsDouble() <= 0) {
            throw wrong(perReplica.isPresent() ? TARGET_PER_REPLICA : TARGET, "write a number above 0");
        }
        return new Trigger(metric, either, number(metadata, ACTIVATION_TARGET));
    }

    /** KEDA may add keys of its own, so only what is nearly one of ours is refused. */
    private static void refuseMistyped(String key) {
        var bare = bare(key);
        if (!OURS.contains(bare) && !KEDAS.contains(bare)) {
            Nearest.to(bare, OURS).ifPresent(meant -> {
                throw wrong(key, "not known, is " + meant + " meant?");
            });
        }
    }

    /** Resolved by KEDA, which leaves the key as it is. */
    private static String bare(String key) {
        return key.endsWith(FROM_ENVIRONMENT) ? key.substring(0, key.length() - FROM_ENVIRONMENT.length()) : key;
    }

    private static Optional<String> text(Map<String, String> metadata, String key) {
        return Stream.of(key, key + FROM_ENVIRONMENT)
                .flatMap(one -> Optional.ofNullable(metadata.get(one)).stream())
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static OptionalDouble number(Map<String, String> metadata, String key) {
        var text = text(metadata, key);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(text.get());
            if (Double.isFinite(number)) {
                return OptionalDouble.of(number);
            }
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw wrong(key, "'" + text.get() + "' is not a number");
    }

    static StatusRuntimeException wrong(String key, String what) {
        return Status.INVALID_ARGUMENT
                .withDescription("trigger metadata: " + key + ": " + what)
                .asRuntimeException();
    }
}
