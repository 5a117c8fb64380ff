// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The processes of one Sidekiq that work, as they say themselves every 5 or 10 s; what they say is gone after 60 s. */
final class SidekiqProcesses {

    private static final int MOST = 1000;

    private final String prefix;
    private final List<Question> processes = new ArrayList<>();
    private Question names = new Question();

    SidekiqProcesses(String prefix) {
        this.prefix = prefix;
    }

    void askFirst(Questions questions) {
        processes.clear();
        names = questions.ask("SMEMBERS", prefix + "processes");
    }

    void askSecond(Questions questions) throws CollectionException {
        for (var name : names.texts().stream().limit(MOST).toList()) {
            processes.add(questions.ask("HMGET", prefix + name, "beat", "busy", "info"));
        }
    }

    /** @param now the server's time, in seconds since 1970 */
    void addTo(QueueState state, double now) throws CollectionException {
        long alive = 0;
        long busy = 0;
        long threads = 0;
        var age = OptionalDouble.empty();
        for (var process : processes) {
            var beat = Moment.of(process.texts().getFirst());
            if (beat.isPresent()) {
                alive++;
                busy += Question.whole(process.texts().get(1)).orElse(0);
                threads += Question.whole(info(process, "concurrency")).orElse(0);
                age = OptionalDouble.of(Math.min(age.orElse(Double.MAX_VALUE), Math.max(0, now - beat.getAsDouble())));
            }
        }
        state.count("active", busy)
                .put(Measure.WORKERS, (double) alive)
                .put(Measure.HEARTBEAT_AGE, age)
                .put(Measure.CONCURRENCY_LIMIT, (double) threads);
    }

    private static String info(Question process, String key) throws CollectionException {
        return Moment.text(process.texts().get(2), List.of(key)).orElse("");
    }
}
