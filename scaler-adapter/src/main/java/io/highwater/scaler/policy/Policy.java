// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import static java.util.stream.Collectors.joining;

import io.highwater.scaler.Activity;
import io.highwater.scaler.ObjectReference;
import io.highwater.scaler.signal.SignalSettings;
import io.highwater.scaler.signal.SignalState;
import io.highwater.scaler.signal.SignalState.Quality;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * How many replicas a workload wants. What is not known never takes a replica away: with an input missing the answer is
 * at least what runs, and without any it is an error, at which the HPA changes nothing.
 */
public final class Policy {

    private final String name;
    private final PolicySettings settings;
    private final Names names;
    private final List<Input> inputs;
    private final List<Guarding> guards;
    private final Set<String> signals = new HashSet<>();

    private record Guarding(Guard guard, boolean mayShrink) {}

    public Policy(String name, PolicySettings settings) {
        this.name = name;
        this.settings = settings;
        this.names = new Names(name);
        this.inputs =
                settings.inputs().stream().map(input -> Input.of(input, names)).toList();
        this.guards = settings.guards().stream()
                .map(guard -> new Guarding(Guard.of(guard, names, this::learnedRate), guard.mayShrink()))
                .toList();
        signals.addAll(names.made().keySet());
        signals.addAll(settings.signals());
    }

    public String name() {
        return name;
    }

    public PolicySettings settings() {
        return settings;
    }

    public ObjectReference workload() {
        return settings.target().object();
    }

    /** The signals that it makes for itself. */
    public Map<String, SignalSettings> ownSignals() {
        return names.made();
    }

    /** The names of all signals that it looks at. */
    public Set<String> signals() {
        return signals;
    }

    private OptionalDouble learnedRate() {
        return inputs.stream()
                .filter(Drain.class::isInstance)
                .map(Drain.class::cast)
                .map(Drain::ratePerReplica)
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    /**
     * Decides anew.
     *
     * @param at by the wall clock
     * @param nanos the same moment on the {@link System#nanoTime} scale
     * @param read each signal as it is at that moment
     */
    public synchronized Decision decide(Instant at, long nanos, Function<String, SignalState> read, Replicas replicas) {
        var running =
                settings.replicas().map(signal -> counted(read.apply(signal))).orElseGet(() -> replicas.of(workload()));
        var moment = new Moment(nanos, running, read);
        var wants = inputs.stream().map(input -> input.want(moment)).toList();
        return new Deciding(at, moment, wants).decide();
    }

    private static Optional<Running> counted(SignalState state) {
        return state.quality() == Quality.FRESH
                ? Optional.of(new Running((int) Math.round(state.sum()), (int) Math.round(state.sum())))
                : Optional.empty();
    }

    /** One decision on its way. */
    private final class Deciding {
        private final Instant at;
        private final Moment moment;
        private final List<Want> wants;
        private final List<Cap> caps = new ArrayList<>();

        Deciding(Instant at, Moment moment, List<Want> wants) {
            this.at = at;
            this.moment = moment;
            this.wants = wants;
        }

        Decision decide() {
            var wanted = combined();
            if (wanted.isEmpty()) {
                return hold(wanted, doubts());
            }
            int replicas = rounded(wanted.getAsDouble());
            if (moment.running().isEmpty() && !guards.isEmpty()) {
                return error(wanted, "how many replicas run is not known, and the guards need it");
            }
            replicas = Math.max(limited(replicas), floor());
            if (wants.stream().anyMatch(want -> want.quality() != Quality.FRESH)) {
                return atLeastWhatRuns(wanted, replicas);
            }
            return settings.mode() == Mode.OBSERVE
                    ? hold(wanted, "mode: observe, it would answer " + replicas)
                    : answer(wanted, replicas, false, because(replicas));
        }

        private OptionalDouble combined() {
            var known =
                    wants.stream().filter(want -> want.replicas().isPresent()).toList();
            if (known.isEmpty() || (settings.combine() != Combine.MAX && known.size() < wants.size())) {
                return OptionalDouble.empty();
            }
            var numbers = known.stream().mapToDouble(want -> want.replicas().orElseThrow());
            return switch (settings.combine()) {
                case MAX -> numbers.max();
                case MIN -> numbers.min();
                case SUM -> OptionalDouble.of(numbers.sum());
                case WEIGHTED -> OptionalDouble.of(weighted());
            };
        }

        private double weighted() {
            double sum = 0;
            double weights = 0;
            for (int i = 0; i < wants.size(); i++) {
                double weight = settings.inputs().get(i).weight();
                sum += weight * wants.get(i).replicas().orElseThrow();
                weights += weight;
            }
            return sum / weights;
        }

        /** In whole replicas, with a little noise not followed downwards and the HPA's tolerance left upwards. */
        private int rounded(double wanted) {
            int replicas = Math.max(settings.min(), whole(wanted));
            if (moment.running().isPresent()) {
                int runs = moment.running().get().desired();
                boolean noise = replicas < runs && wanted > 0 && whole(wanted * (1 + settings.deadBand())) >= runs;
                boolean atRisk = wants.stream().anyMatch(Want::atRisk);
                if (noise) {
                    replicas = runs;
                } else if (atRisk && replicas > runs && replicas <= runs * (1 + settings.tolerance())) {
                    replicas = (int) Math.floor(runs * (1 + settings.tolerance())) + 1;
                }
            }
            if (replicas > settings.max()) {
                caps.add(new Cap("max", settings.max(), "max: " + settings.max()));
            }
            return Math.min(replicas, settings.max());
        }

        private static int whole(double replicas) {
            return (int) Math.min(Integer.MAX_VALUE, Math.ceil(replicas - 1e-9));
        }

        private int limited(int replicas) {
            int limited = replicas;
            for (var guarding : guards) {
                var cap = guarding.guard.cap(moment);
                if (cap.isPresent() && cap.get().replicas() < replicas) {
                    caps.add(cap.get());
                    int least = guarding.mayShrink
                            ? 0
                            : moment.running().orElseThrow().desired();
                    limited = Math.min(limited, Math.max(cap.get().replicas(), Math.min(least, replicas)));
                }
            }
            wants.forEach(want -> caps.addAll(want.caps()));
            return Math.max(limited, Math.min(settings.min(), replicas));
        }

        private int floor() {
            return Math.min(
                    settings.max(), wants.stream().mapToInt(Want::floor).max().orElse(0));
        }

        private String doubts() {
            return wants.stream()
                    .filter(want -> want.quality() != Quality.FRESH)
                    .map(want -> want.name() + ": " + want.reason())
                    .collect(joining("; "));
        }

        private Decision atLeastWhatRuns(OptionalDouble wanted, int replicas) {
            if (moment.running().isEmpty()) {
                return error(wanted, doubts() + "; and how many replicas run is not known");
            }
            int runs = moment.running().get().desired();
            return replicas > runs && settings.mode() == Mode.ACT
                    ? answer(wanted, replicas, false, because(replicas) + ", although " + doubts())
                    : hold(wanted, doubts());
        }

        /** What runs; an error when nobody knows that. */
        private Decision hold(OptionalDouble wanted, String reason) {
            boolean allDead = wants.stream().allMatch(want -> want.quality() == Quality.DEAD);
            if (moment.running().isEmpty() || (allDead && settings.mode() == Mode.ACT)) {
                return error(wanted, reason);
            }
            int runs = moment.running().get().desired();
            return answer(wanted, runs, true, "holds the " + runs + " that run: " + reason);
        }

        private Decision error(OptionalDouble wanted, String reason) {
            return decision(OptionalInt.empty(), wanted, true, reason);
        }

        private Decision answer(OptionalDouble wanted, int replicas, boolean held, String reason) {
            return decision(OptionalInt.of(replicas), wanted, held, reason);
        }

        private Decision decision(OptionalInt replicas, OptionalDouble wanted, boolean held, String reason) {
            return new Decision(
                    at,
                    moment.nanos(),
                    at.minus(oldest()),
                    replicas,
                    wanted,
                    held,
                    activity(),
                    wants,
                    winner().map(Want::name),
                    caps,
                    moment.running(),
                    reason);
        }

        private Duration oldest() {
            return wants.stream()
                    .flatMap(want -> want.numbers().stream())
                    .map(Want.Seen::age)
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
        }

        private Optional<Want> winner() {
            var known = wants.stream().filter(want -> want.replicas().isPresent());
            Comparator<Want> byReplicas =
                    Comparator.comparingDouble(want -> want.replicas().orElseThrow());
            return switch (settings.combine()) {
                case MAX -> known.max(byReplicas);
                case MIN -> known.min(byReplicas);
                case SUM, WEIGHTED -> wants.size() == 1 ? known.findFirst() : Optional.empty();
            };
        }

        private String because(int replicas) {
            var number = replicas + (replicas == 1 ? " replica for " : " replicas for ");
            var what = winner().map(want -> want.name() + " (" + want.formula() + ")")
                    .orElseGet(() -> "the " + settings.combine() + " of " + wants.size() + " inputs");
            var limit = caps.stream()
                    .min(Comparator.comparingInt(Cap::replicas))
                    .map(cap -> ", limited by " + cap.guard() + ": " + cap.reason())
                    .orElse("");
            return number + what + limit;
        }

        private Activity activity() {
            if (wants.stream().allMatch(want -> want.active().isEmpty() && want.quality() != Quality.DEAD)) {
                return new Activity.Active();
            }
            if (wants.stream().anyMatch(want -> want.active().orElse(false))) {
                return new Activity.Active();
            }
            return wants.stream().allMatch(want -> want.quality() == Quality.FRESH)
                    ? new Activity.Idle()
                    : new Activity.Unknown(doubts());
        }
    }
}
