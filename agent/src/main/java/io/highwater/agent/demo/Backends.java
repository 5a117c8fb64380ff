// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.lab.LabException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * What runs in the demo. Postgres comes with the program; the others need servers that may not be on this machine, and
 * are left out then.
 *
 * @param running in the order of the picture
 * @param leftOut why each of the others does not run, by its name
 */
record Backends(List<Backend> running, Map<String, String> leftOut) implements AutoCloseable {

    /**
     * Starts all at the same time, and returns when each one runs or cannot. Throws {@link LabException} without
     * Postgres, or when interrupted; then nothing is left running.
     */
    static Backends start() {
        var starting = new LinkedHashMap<String, Future<? extends Backend>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var postgres = threads.submit((Callable<PostgresBackend>) PostgresBackend::start);
            var redis = threads.submit((Callable<RedisBackend>) RedisBackend::start);
            starting.put("Postgres", postgres);
            starting.put("Redis", redis);
            starting.put("NATS JetStream", threads.submit((Callable<Backend>) NatsBackend::start));
            starting.put("BullMQ", threads.submit(on(redis, BullMqBackend::start)));
            starting.put("An outbox", threads.submit(on(postgres, OutboxBackend::start)));
            starting.put("An S3 store", threads.submit((Callable<Backend>) StoreBackend::start));
            starting.put("A shop", threads.submit((Callable<Backend>) ShopBackend::start));
        }
        boolean interrupted = Thread.interrupted(); // and no more, so that closing may wait
        var backends = of(starting);
        if (interrupted || backends.leftOut.containsKey("Postgres")) {
            backends.close();
            throw new LabException(backends.leftOut.getOrDefault("Postgres", "interrupted"));
        }
        return backends;
    }

    /** Waits for the backend that another one stands on. */
    private static <B extends Backend> Callable<Backend> on(Future<B> below, Function<B, Backend> start) {
        return () -> {
            try {
                return start.apply(below.get());
            } catch (ExecutionException e) {
                throw new LabException("what it stands on does not run", e);
            }
        };
    }

    private static Backends of(Map<String, Future<? extends Backend>> started) {
        var running = new ArrayList<Backend>();
        var leftOut = new LinkedHashMap<String, String>();
        started.forEach((name, one) -> {
            if (one.state() == Future.State.SUCCESS) {
                running.add(one.resultNow());
            } else {
                leftOut.put(name, reason(one));
            }
        });
        return new Backends(running, leftOut);
    }

    private static String reason(Future<?> failed) {
        return failed.state() == Future.State.CANCELLED
                ? "interrupted"
                : String.valueOf(failed.exceptionNow().getMessage());
    }

    /** All that may be done, that to each backend by itself. */
    List<List<Action>> actions() {
        var groups = new ArrayList<List<Action>>();
        running.forEach(backend -> groups.add(Action.ofComponent(backend.component())));
        groups.add(List.of(Action.QUIT));
        return groups;
    }

    /** As {@link Backend#act}. */
    String act(Action action) {
        for (var backend : running) {
            if (backend.component().equals(action.component())) {
                return backend.act(action);
            }
        }
        throw new LabException(action.word() + ": nothing here that it could be done to");
    }

    @Override
    public void close() {
        running.reversed().forEach(Backend::close); // who stands on others first
    }
}
