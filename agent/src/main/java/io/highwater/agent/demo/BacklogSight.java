// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What is seen of work that waits to be done.
 *
 * @param counts in the order of the picture; the first is drawn over time
 * @param oldest how long the oldest of it has waited
 * @param arrivals what comes, per second
 * @param completions what is done with, per second
 * @param drain how long until all is done
 */
record BacklogSight(
        Words names,
        String name,
        List<Count> counts,
        OptionalDouble oldest,
        OptionalDouble arrivals,
        OptionalDouble completions,
        OptionalDouble drain)
        implements Sight {

    static final Words BULLMQ = new Words(
            "bullmq",
            "queue",
            List.of(
                    Source.of("waiting", "bullmq_job_count", "state=\"waiting\""),
                    Source.of("active", "bullmq_job_count", "state=\"active\""),
                    Source.ofBad("unlocked", "bullmq_queue_active_without_lock"),
                    Source.of("workers", "bullmq_queue_workers"),
                    Source.of("stalled", "bullmq_job_stalled_total"),
                    Source.ofBad("failed", "bullmq_job_count", "state=\"failed\"")));
    static final Words OUTBOX = new Words(
            "outbox",
            "outbox",
            List.of(
                    Source.of("pending", "outbox_pending_events"),
                    Source.of("workers", "outbox_workers"),
                    Source.ofBad("dead", "outbox_dead_events")));

    private static final double LONG_SECONDS = 2;

    /**
     * What a component calls its work.
     *
     * @param unit as {@code ha_backlog_*} has it, and the label with the name elsewhere
     */
    record Words(String component, String unit, List<Source> sources) {}

    /**
     * Where a count is from.
     *
     * @param label besides the name's; any when empty
     * @param isBad whether nobody wants it above 0
     */
    record Source(String word, String family, String label, boolean isBad) {

        static Source of(String word, String family) {
            return of(word, family, "");
        }

        static Source of(String word, String family, String label) {
            return new Source(word, family, label, false);
        }

        static Source ofBad(String word, String family) {
            return ofBad(word, family, "");
        }

        static Source ofBad(String word, String family, String label) {
            return new Source(word, family, label, true);
        }

        private Count count(Readings now, String name) {
            return new Count(word, now.value(family, name, label), isBad);
        }
    }

    /** @param isBad whether nobody wants it above 0 */
    record Count(String word, OptionalDouble value, boolean isBad) {

        private String text(Ink ink) {
            var text = Quantities.count(value) + " " + word;
            return isBad && value.orElse(0) > 0 ? ink.judge(false, text) : text;
        }
    }

    static BacklogSight of(Words words, String name, Readings now) {
        var label = words.unit + "=\"" + name + "\"";
        return new BacklogSight(
                words,
                name,
                words.sources.stream().map(source -> source.count(now, label)).toList(),
                backlog("oldest_age_seconds", words, name, now),
                backlog("arrival_rate", words, name, now),
                backlog("completion_rate", words, name, now),
                backlog("drain_seconds", words, name, now));
    }

    /** Where a queue's name stands behind its prefix. */
    private static OptionalDouble backlog(String what, Words words, String name, Readings now) {
        return now.value(
                "ha_backlog_" + what,
                "component=\"" + words.component + "\"",
                "unit=\"" + words.unit + "\"",
                name + "\"");
    }

    @Override
    public String words() {
        return names.component
                + counts.stream()
                        .map(count -> " " + count.word + "=" + Quantities.count(count.value))
                        .collect(Collectors.joining())
                + " oldest=" + Quantities.compact(Quantities.seconds(oldest))
                + " arrivals=" + Quantities.perSecond(arrivals)
                + " completions=" + Quantities.perSecond(completions)
                + " drain=" + Quantities.compact(Quantities.seconds(drain));
    }

    @Override
    public List<String> picture(Ink ink) {
        return List.of(
                name + ": " + counts.stream().map(count -> count.text(ink)).collect(Collectors.joining("   ")),
                "oldest " + Quantities.seconds(oldest, LONG_SECONDS, ink)
                        + "   come: " + Quantities.perSecond(arrivals)
                        + "   done with: " + Quantities.perSecond(completions)
                        + "   drain: " + Quantities.seconds(drain));
    }

    @Override
    public Curve curve() {
        return new Curve(counts.getFirst().word, counts.getFirst().value, Quantities::count);
    }
}
