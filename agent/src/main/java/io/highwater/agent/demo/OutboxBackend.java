// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.lab.LabException;
import io.highwater.lab.Outbox;
import io.highwater.lab.OutboxWorker;
import java.time.Duration;
import java.util.List;

/** An outbox in the demo's Postgres, a client that writes to it, and two workers, without one of which it grows. */
final class OutboxBackend implements Backend {

    private static final String OUTBOX = "payments";
    private static final String TABLE = "payment_outbox";
    private static final int EVENTS_PER_SECOND = 20;
    private static final Duration EFFORT = Duration.ofMillis(360); // for five events

    private final Outbox outbox;
    private final OutboxWorker steady;
    private final OutboxWorker stopped;

    private OutboxBackend(Outbox outbox) {
        this.outbox = outbox;
        this.steady = OutboxWorker.start(outbox, EFFORT);
        this.stopped = OutboxWorker.start(outbox, EFFORT);
        outbox.produce(EVENTS_PER_SECOND);
    }

    /** Throws {@link LabException}, and then nothing is left running but Postgres. */
    static OutboxBackend start(PostgresBackend postgres) {
        var outbox = Outbox.create(postgres.primary(), TABLE).withIndex();
        grant(postgres, "SELECT (created_at, not_before, attempts, processed_at) ON " + TABLE);
        grant(postgres, "SELECT ON SEQUENCE " + TABLE + "_id_seq");
        postgres.onPromotion(outbox::target);
        return new OutboxBackend(outbox);
    }

    private static void grant(PostgresBackend postgres, String right) {
        postgres.primary().execute("GRANT " + right + " TO " + PostgresBackend.USER);
    }

    @Override
    public String component() {
        return "outbox";
    }

    @Override
    public String title() {
        return "an outbox";
    }

    /** The servers and the login are those of the component postgres. */
    @Override
    public List<String> settings() {
        return List.of(
                "tables:",
                "  " + OUTBOX + ":",
                "    table: " + TABLE,
                "    processedAt: processed_at",
                "    notBefore: not_before",
                "    dead: attempts >= " + Outbox.MOST_ATTEMPTS,
                "collectors: { state: { interval: 1s } }");
    }

    @Override
    public Sight look(Readings now, Readings before, double seconds) {
        return BacklogSight.of(BacklogSight.OUTBOX, OUTBOX, now);
    }

    @Override
    public String act(Action action) {
        return switch (action) {
            case NAP -> {
                stopped.pause();
                yield "one of two workers of " + OUTBOX + " has stopped";
            }
            case WAKE -> {
                stopped.resume();
                yield "both workers of " + OUTBOX + " work";
            }
            default -> throw new IllegalArgumentException(action.word());
        };
    }

    @Override
    public void close() {
        outbox.close();
        steady.close();
        stopped.close();
    }
}
