// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import io.highwater.core.Backlogs;
import io.highwater.scaler.policy.DrainSettings.CeilingSettings;
import io.highwater.scaler.signal.SignalState;
import io.highwater.scaler.signal.SignalState.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Work that has to be done in time: as many replicas as keep up with what comes, at the given utilisation, and as many
 * as get rid of what is there within the objective, with what comes meanwhile and piles up until new replicas work.
 *
 * <pre>
 * keep up    arrivals / utilization / rate
 * drain      (arrivals + (items + (arrivals - ready x rate) x startDelay) / (objective - startDelay)) / rate
 * </pre>
 *
 * <p>Confined to its policy's lock.
 */
final class Drain implements Input {

    private final DrainSettings settings;
    private final String name;
    private final String items;
    private final @Nullable String arrivals;
    private final @Nullable String completions;
    private final @Nullable String oldestAge;
    private final ServiceRate learned = new ServiceRate();
    private final Effectiveness effectiveness = new Effectiveness();

    Drain(DrainSettings settings, Names names) {
        this.settings = settings;
        if (settings.backlog().isPresent()) {
            var backlog = settings.backlog().get();
            name = "drain of " + backlog.name();
            items = names.ofBacklog(Backlogs.ITEMS, backlog);
            arrivals = names.ofBacklog(Backlogs.ARRIVAL_RATE, backlog);
            completions = names.ofBacklog(Backlogs.COMPLETION_RATE, backlog);
            oldestAge = settings.oldest().isPresent() ? names.ofBacklog(Backlogs.OLDEST_AGE, backlog) : null;
        } else {
            items = settings.items().orElseThrow();
            name = "drain of " + items;
            arrivals = settings.arrivals().orElse(null);
            completions = settings.completions().orElse(null);
            oldestAge = settings.oldestAge().orElse(null);
        }
    }

    /** What one replica does per second, as given or as learned. */
    OptionalDouble ratePerReplica() {
        return settings.ratePerReplica().map(OptionalDouble::of).orElseGet(learned::perReplica);
    }

    @Override
    public Want want(Moment moment) {
        var look = new Look(moment);
        double backlog = look.required(items);
        double done = look.optional(completions);
        double arriving = look.optional(arrivals);
        double oldest = look.optional(oldestAge);
        double inFlight = look.optional(settings.inFlight().orElse(null));
        if (look.quality == Quality.DEAD) {
            return Want.unknown(name, look.numbers, look.reason);
        }
        int floor = (int) Math.ceil(known(inFlight) / settings.concurrency());
        var running = moment.running();
        boolean hasWorkForAll = running.isPresent() && backlog > running.get().ready() * settings.concurrency();
        if (running.isPresent() && !Double.isNaN(done)) {
            learn(moment.nanos(), hasWorkForAll, running.get().ready(), done);
        }
        var rate = rate(done, running);
        var plan = rate.isPresent()
                ? plan(
                        backlog,
                        known(Double.isNaN(arriving) ? done : arriving),
                        known(oldest),
                        rate.getAsDouble(),
                        running)
                : unlearned(backlog, running);
        var caps = caps(look, plan.replicas);
        double replicas = caps.stream().mapToInt(Cap::replicas).asDoubleStream().reduce(plan.replicas, Math::min);
        return new Want(
                name,
                look.quality,
                OptionalDouble.of(replicas),
                Optional.of(backlog > 0 || inFlight > 0),
                plan.atRisk,
                floor,
                plan.formula,
                caps,
                look.numbers,
                plan.replicasPerItem.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Want.Lever(items, backlog, plan.replicasPerItem.getAsDouble())),
                look.reason);
    }

    /** While more replicas are in vain, what each of them does tells nothing of what it could do. */
    private void learn(long now, boolean hasWorkForAll, int ready, double done) {
        learned.note(now, hasWorkForAll && effectiveness.limit().isEmpty(), ready, done);
        effectiveness.note(now, hasWorkForAll, ready, learned.meanReplicas(), done);
    }

    private static double known(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /** While nothing is learned what all do now over all of them: too little rather than too much. */
    private OptionalDouble rate(double done, Optional<Running> running) {
        var rate = ratePerReplica();
        return rate.isEmpty()
                        && done > 0
                        && running.isPresent()
                        && running.get().ready() > 0
                ? OptionalDouble.of(done / running.get().ready())
                : rate;
    }

    /** @param replicasPerItem empty when it is not the items that decide */
    private record Plan(double replicas, boolean atRisk, OptionalDouble replicasPerItem, String formula) {}

    private Plan unlearned(double backlog, Optional<Running> running) {
        int ready = running.map(Running::ready).orElse(0);
        return new Plan(
                backlog > 0 ? Math.max(1, ready) : 0,
                false,
                OptionalDouble.empty(),
                "%s items, and nothing was done yet that would tell how many one replica does"
                        .formatted(Words.number(backlog)));
    }

    private Plan plan(double backlog, double arriving, double oldest, double rate, Optional<Running> running) {
        double objective = settings.objective().toMillis() / 1e3;
        double delay = settings.startDelay().toMillis() / 1e3;
        double keepUp = arriving / settings.utilization() / rate;
        if (backlog <= 0) {
            return new Plan(
                    keepUp,
                    false,
                    OptionalDouble.empty(),
                    "no items, %s/s come, %s/s per replica, %s busy"
                            .formatted(
                                    Words.number(arriving), Words.number(rate), Words.number(settings.utilization())));
        }
        double ready = running.map(Running::ready).orElse(0);
        double unmet = Math.max(0, arriving - ready * rate);
        double left = Math.max(objective - delay, objective / 2);
        double drain = (arriving + (backlog + unmet * delay) / left) / rate;
        double spare = ready * rate - arriving;
        boolean atRisk = spare <= 0
                || backlog / spare > objective
                || settings.oldest().filter(of -> oldest > of.toMillis() / 1e3).isPresent();
        return new Plan(
                Math.max(keepUp, drain),
                atRisk,
                drain >= keepUp ? OptionalDouble.of(1 / (left * rate)) : OptionalDouble.empty(),
                "%s items in %s s, %s/s come, %s/s per replica, %s s to start"
                        .formatted(
                                Words.number(backlog),
                                Words.number(objective),
                                Words.number(arriving),
                                Words.number(rate),
                                Words.number(delay)));
    }

    private List<Cap> caps(Look look, double replicas) {
        var caps = new ArrayList<Cap>();
        settings.ceiling().ifPresent(ceiling -> {
            double most = look.ceiling(ceiling) / ceiling.perReplica();
            if (most < replicas) {
                caps.add(new Cap("ceiling", (int) Math.ceil(most), "no more than that can work"));
            }
        });
        effectiveness.limit().ifPresent(limit -> {
            if (limit < replicas) {
                caps.add(new Cap("ineffective", limit, "more replicas did not do more: something else is the limit"));
            }
        });
        return caps;
    }

    /** What was looked at, and how good it is all together. */
    private static final class Look {
        private final Moment moment;
        private final List<Want.Seen> numbers = new ArrayList<>();
        private Quality quality = Quality.FRESH;
        private String reason = "";

        Look(Moment moment) {
            this.moment = moment;
        }

        double required(String signal) {
            var state = see(signal);
            if (state.quality().compareTo(quality) > 0) {
                quality = state.quality();
                reason = state.reason();
            }
            return state.quality() == Quality.DEAD ? Double.NaN : state.sum();
        }

        /** Not a number when it is not fresh: then it follows from something else. */
        double optional(@Nullable String signal) {
            if (signal == null) {
                return Double.NaN;
            }
            var state = see(signal);
            return state.quality() == Quality.FRESH ? state.sum() : Double.NaN;
        }

        double ceiling(CeilingSettings ceiling) {
            double read =
                    ceiling.value().orElseGet(() -> optional(ceiling.signal().orElse(null)));
            return Double.isNaN(read) ? Double.POSITIVE_INFINITY : read;
        }

        private SignalState see(String signal) {
            var state = moment.signal(signal);
            numbers.add(Want.Seen.of(signal, state));
            return state;
        }
    }
}
