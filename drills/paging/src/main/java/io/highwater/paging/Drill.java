// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import io.highwater.core.Level;
import io.highwater.rules.Alerts;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A failure that is made on purpose, and what people are to be told of it.
 *
 * @param name of the alert that it proves, or of what happens
 * @param failure what goes wrong, for people
 * @param prepare is done a while before the fault
 * @param repair also undoes what was prepared
 * @param pages the alerts of its one page; none when nobody is to be woken
 * @param tickets the warnings that people are told of
 * @param seen how long after the fault, at most, the agent's numbers say what the alert asks for
 * @param lasts how long the fault stays after its page, or at all when there is to be none
 * @param ends whether the alert ends soon after the repair, so that its end can be waited for
 */
record Drill<S>(
        String name,
        String failure,
        Consumer<S> prepare,
        Consumer<S> fault,
        Consumer<S> repair,
        Set<String> pages,
        Set<String> tickets,
        Function<Level, Duration> seen,
        Function<Level, Duration> lasts,
        boolean ends) {

    /** Long enough for an Alertmanager to hold what would be in a later page. */
    private static final Duration LINGER = Duration.ofSeconds(6);

    Drill {
        pages = Set.copyOf(new TreeSet<>(pages));
        tickets = Set.copyOf(new TreeSet<>(tickets));
    }

    /** One that is to page with this alert alone. */
    static <S> Drill<S> of(String alert, String failure, Duration seen, Consumer<S> fault, Consumer<S> repair) {
        return new Drill<>(
                alert, failure, _ -> {}, fault, repair, Set.of(alert), Set.of(), _ -> seen, _ -> LINGER, true);
    }

    /** One that is to wake nobody. */
    static <S> Drill<S> quiet(String name, String failure, Consumer<S> fault, Consumer<S> repair) {
        return new Drill<>(
                name, failure, _ -> {}, fault, repair, Set.of(), Set.of(), _ -> Duration.ZERO, Drill::longEnough, true);
    }

    /** For every alert to have fired that is going to. */
    private static Duration longEnough(Level level) {
        return switch (level) {
            case L1 -> Duration.ofMinutes(9);
            case L2 -> Duration.ofMinutes(5);
            case L3 -> Duration.ofSeconds(110);
        };
    }

    Drill<S> prepare(Consumer<S> before) {
        return new Drill<>(name, failure, before, fault, repair, pages, tickets, seen, lasts, ends);
    }

    Drill<S> tickets(String... alerts) {
        return new Drill<>(name, failure, prepare, fault, repair, pages, Set.of(alerts), seen, lasts, ends);
    }

    /** When what the alert looks at is an age that has to reach its threshold. */
    Drill<S> ages() {
        return more(level ->
                Duration.ofSeconds((long) Alerts.named(name).threshold(level).orElseThrow()));
    }

    /** When what the alert looks at takes longer to be true by so much. */
    Drill<S> more(Function<Level, Duration> time) {
        return new Drill<>(
                name,
                failure,
                prepare,
                fault,
                repair,
                pages,
                tickets,
                level -> seen.apply(level).plus(time.apply(level)),
                lasts,
                ends);
    }

    Drill<S> lasts(Duration time) {
        return new Drill<>(name, failure, prepare, fault, repair, pages, tickets, seen, _ -> time, ends);
    }

    /** When the alert looks back on half an hour: nobody waits for that. */
    Drill<S> endsLate() {
        return new Drill<>(name, failure, prepare, fault, repair, pages, tickets, seen, lasts, false);
    }

    boolean isQuiet() {
        return pages.isEmpty();
    }
}
