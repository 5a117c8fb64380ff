// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import io.highwater.scaler.policy.GuardSettings.Connections;
import io.highwater.scaler.policy.GuardSettings.Dependency;
import io.highwater.scaler.policy.GuardSettings.Rate;
import io.highwater.scaler.signal.SignalState.Quality;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * A limit from outside the workload. It works within the policy's own number alone: the HPA takes the highest of all its
 * metrics, so another metric beside the policy knows no limit. What a guard cannot see it does not allow more of.
 */
interface Guard {

    /** The limit; empty when there is none now. */
    Optional<Cap> cap(Moment moment);

    /** @param learned what one replica does per second, by the policy's own drain */
    static Guard of(GuardSettings settings, Names names, Supplier<OptionalDouble> learned) {
        if (settings.connections().isPresent()) {
            return connections(settings.connections().get(), names);
        }
        return settings.dependency()
                .<Guard>map(DependencyGuard::new)
                .orElseGet(() -> new RateGuard(settings.rateLimit().orElseThrow(), learned));
    }

    private static Guard connections(Connections settings, Names names) {
        var usable = names.ofPostgres("pg_connections_usable", settings.cluster(), settings.node());
        var used = names.ofPostgres("pg_connections_used", settings.cluster(), settings.node());
        return new ConnectionsGuard(settings, usable, used);
    }

    private static Optional<Cap> hold(String guard, Moment moment, String reason) {
        return moment.running().map(running -> new Cap(guard, running.desired(), "no more than run: " + reason));
    }

    /** Connections that are left, over what a replica holds. */
    record ConnectionsGuard(Connections settings, String usable, String used) implements Guard {
        private static final String NAME = "connections";

        @Override
        public Optional<Cap> cap(Moment moment) {
            var can = moment.signal(usable);
            var are = moment.signal(used);
            if (can.quality() != Quality.FRESH || are.quality() != Quality.FRESH) {
                var reason = can.quality() == Quality.FRESH ? are.reason() : can.reason();
                return hold(NAME, moment, "the connections of " + settings.cluster() + " are not known: " + reason);
            }
            int own = moment.running()
                    .map(running -> running.ready() * settings.perReplica())
                    .orElse(0);
            double others = Math.max(0, are.sum() - own);
            double free = Math.max(0, can.sum() - others - settings.reserve());
            return Optional.of(new Cap(
                    NAME,
                    (int) (free / settings.perReplica()),
                    "%s has %s connections, %s of others, %d in reserve, %d per replica"
                            .formatted(
                                    settings.cluster(),
                                    Words.number(can.sum()),
                                    Words.number(others),
                                    settings.reserve(),
                                    settings.perReplica())));
        }
    }

    /** Something in trouble, to which more replicas would be more trouble. */
    record DependencyGuard(Dependency settings) implements Guard {
        private static final String NAME = "dependency";

        @Override
        public Optional<Cap> cap(Moment moment) {
            var state = moment.signal(settings.signal());
            if (state.quality() != Quality.FRESH) {
                return hold(NAME, moment, settings.signal() + " is not known: " + state.reason());
            }
            double value = state.sum();
            boolean trouble = settings.above().filter(limit -> value > limit).isPresent()
                    || settings.below().filter(limit -> value < limit).isPresent();
            if (!trouble) {
                return Optional.empty();
            }
            var reason = settings.signal() + " is " + Words.number(value);
            return settings.replicas()
                    .map(replicas -> new Cap(NAME, replicas, reason))
                    .or(() -> hold(NAME, moment, reason));
        }
    }

    /** What may be done per second, over what a replica does. */
    record RateGuard(Rate settings, Supplier<OptionalDouble> learned) implements Guard {
        private static final String NAME = "rateLimit";

        @Override
        public Optional<Cap> cap(Moment moment) {
            double limit;
            if (settings.signal().isPresent()) {
                var state = moment.signal(settings.signal().get());
                if (state.quality() != Quality.FRESH) {
                    return hold(NAME, moment, settings.signal().get() + " is not known: " + state.reason());
                }
                limit = state.sum();
            } else {
                limit = settings.limit().orElseThrow();
            }
            var perReplica = settings.perReplica().map(OptionalDouble::of).orElseGet(learned);
            return perReplica.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Cap(
                            NAME,
                            (int) Math.max(1, limit / perReplica.getAsDouble()),
                            "%s/s are allowed, one replica does %s/s"
                                    .formatted(Words.number(limit), Words.number(perReplica.getAsDouble()))));
        }
    }
}
