// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench.scaling;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long it takes from the first thing to do until {@code StreamIsActive} says so. Everything is done and seen to be
 * done before, and the time until the next is not always the same, so that collections come at any time.
 */
final class Pushes {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** An idle source is listened to again five seconds after its last event, at the next collection then. */
    private static final int REST_MILLIS = 8_000;

    private static final int MORE_MILLIS = 2_000;

    private Pushes() {}

    /**
     * Of all work at the same time.
     *
     * @param rounds of each
     * @return by kind
     */
    static Map<String, Latencies> measure(Map<String, Work> work, int kedaPort, int rounds)
            throws InterruptedException, ExecutionException {
        var channel = Grpc.newChannelBuilderForAddress("127.0.0.1", kedaPort, InsecureChannelCredentials.create())
                .build();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var measured = new LinkedHashMap<String, List<Future<long[]>>>();
            work.forEach(
                    (name, of) -> measured.computeIfAbsent(name.substring(0, name.indexOf('-')), _ -> new ArrayList<>())
                            .add(threads.submit(() -> measure(of, name, channel, rounds))));
            var all = new LinkedHashMap<String, Latencies>();
            for (var kind : measured.entrySet()) {
                var nanos = new ArrayList<long[]>();
                for (var one : kind.getValue()) {
                    nanos.add(one.get());
                }
                all.put(
                        kind.getKey(),
                        Latencies.of(
                                nanos.stream().flatMapToLong(Arrays::stream).toArray()));
            }
            return all;
        } finally {
            channel.shutdownNow();
        }
    }

    private static long[] measure(Work work, String policy, ManagedChannel channel, int rounds)
            throws InterruptedException {
        var nanos = new long[rounds];
        work.finish();
        try (var stream = ActivityStream.open(channel, Configuration.NAMESPACE, policy)) {
            stream.await(false, LIMIT);
            for (int i = 0; i < rounds; i++) {
                Thread.sleep(REST_MILLIS + ThreadLocalRandom.current().nextInt(MORE_MILLIS));
                stream.forget();
                long before = System.nanoTime();
                work.add();
                nanos[i] = stream.await(true, LIMIT) - before;
                work.finish();
                stream.await(false, LIMIT);
            }
        }
        return nanos;
    }
}
