// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.CollectionException;
import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Samples;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The JetStream API as seen from one account: one connection that both of its collectors share. */
final class ApiSession implements Session {

    private static final long ASK_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    /** Asked at once, who has just become a leader may not know yet what was written last. */
    private static final Executor SETTLED = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final Target target;
    private final JetStreamSettings settings;
    private final AtomicReference<Runnable> collectSoon = new AtomicReference<>(() -> {});
    private final Advisories advisories =
            new Advisories(() -> SETTLED.execute(() -> collectSoon.get().run()));
    private final StreamWake wake = new StreamWake(() -> collectSoon.get().run());
    private final ApiConnection connection;
    private volatile String account = "";
    private volatile long accountAskedNanos = System.nanoTime() - ASK_AGAIN_NANOS - 1;

    ApiSession(Target target, JetStreamSettings settings) {
        this.target = target;
        this.settings = settings;
        this.connection = new ApiConnection(settings, settings.login(target.node()), advisories, wake);
    }

    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        return switch (spec.name()) {
            case JetStreamExporter.HEALTH -> out -> health(out, Deadline.of(schedule.timeout()));
            case JetStreamExporter.STREAMS -> streams(schedule);
            default -> Collector.NONE;
        };
    }

    private Collector streams(Schedule schedule) {
        var reader = new ApiAssets(target.node(), schedule.interval(), connection, settings, advisories, wake);
        return new Collector() {
            @Override
            public void collect(Samples out) throws CollectionException, InterruptedException {
                var deadline = Deadline.of(schedule.timeout());
                reader.collect(account(deadline), deadline, out);
            }

            @Override
            public void onChange(Runnable soon) {
                collectSoon.set(soon);
            }
        };
    }

    private void health(Samples out, Deadline deadline) throws CollectionException, InterruptedException {
        var usage = new long[] {0, -1, 0, -1};
        var error = connection.ask("INFO", "", deadline.left(), (json, field) -> {
            switch (field) {
                case "storage" -> usage[0] = json.whole();
                case "memory" -> usage[2] = json.whole();
                case "limits" ->
                    json.object(key -> {
                        switch (key) {
                            case "max_storage" -> usage[1] = json.whole();
                            case "max_memory" -> usage[3] = json.whole();
                            default -> {}
                        }
                    });
                default -> {}
            }
        });
        if (error.isPresent() && !error.get().noMetaLeader()) {
            throw error.get().failure();
        }
        out.fact(new ApiState(
                target.node(), account(deadline), error.isEmpty(), usage[0], usage[1], usage[2], usage[3]));
        if (advisories.generation() < 0) {
            out.note("advisories: may not subscribe to $JS.EVENT.ADVISORY.>");
        }
    }

    /**
     * The server knows the name of the account that a login belongs to, and tells it from 2.10 on; else it is the one
     * in the configuration, or empty. Both collectors wait for its answer, lest one of them use another name for a moment.
     */
    private synchronized String account(Deadline deadline) throws CollectionException, InterruptedException {
        if (account.isEmpty() && System.nanoTime() - accountAskedNanos > ASK_AGAIN_NANOS) {
            accountAskedNanos = System.nanoTime();
            try {
                connection.request("$SYS.REQ.USER.INFO", "", deadline.left(Duration.ofMillis(500)), (json, field) -> {
                    if (field.equals("data")) {
                        json.object(key -> {
                            if (key.equals("account")) {
                                account = json.text();
                            }
                        });
                    }
                });
            } catch (CollectionException e) {
                // The name is not worth a collection.
            }
        }
        return account.isEmpty() ? settings.account(target.node()) : account;
    }

    @Override
    public void close() {
        connection.close();
    }
}
