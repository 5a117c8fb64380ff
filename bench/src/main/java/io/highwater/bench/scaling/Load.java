// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench.scaling;

import io.highwater.lab.ControlPlane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;

/**
 * Requests at a steady rate, whether those before are answered or not: each has its time, which the latency is counted
 * from, so that a slow answer is also counted for those that had to wait behind it.
 *
 * @param connections among which the requests take turns
 * @param perSecond requests, over all connections
 * @param paths that are asked for in turn
 * @param headers of every request, a line each
 */
record Load(int connections, int perSecond, int seconds, List<String> paths, List<String> headers) {

    private static final String LOST = "connection lost";

    /**
     * What came of it.
     *
     * @param latencies from when a request was due to the end of its answer
     * @param lateness how late requests were sent: what of the latency is the reader's own
     * @param errors how many answers were not 200, by status
     */
    record Outcome(Latencies latencies, Latencies lateness, Map<String, Integer> errors) {

        int failed() {
            return errors.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private int requests() {
        return perSecond * seconds;
    }

    /** Opens the connections, then makes all requests. */
    Outcome run(SSLContext identity, int port) throws IOException, InterruptedException {
        var readers = new ArrayList<Reader>();
        try {
            for (int i = 0; i < connections; i++) {
                readers.add(connect(identity, port));
            }
            return run(readers);
        } finally {
            for (var reader : readers) {
                reader.close();
            }
        }
    }

    private Reader connect(SSLContext identity, int port) throws IOException {
        return Reader.connect(identity, ControlPlane.ADAPTER_HOST, port, headers);
    }

    private Outcome run(List<Reader> readers) throws InterruptedException {
        var nanos = new long[requests()];
        var late = new long[requests()];
        var errors = new ConcurrentSkipListMap<String, Integer>();
        long start = System.nanoTime() + 200_000_000;
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < readers.size(); i++) {
            int first = i;
            threads.add(Thread.ofPlatform()
                    .name("reader-" + i)
                    .daemon()
                    .start(() -> turns(readers.get(first), first, start, nanos, late, errors)));
        }
        for (var thread : threads) {
            thread.join();
        }
        return new Outcome(Latencies.of(nanos), Latencies.of(late), new TreeMap<>(errors));
    }

    /** Every so many-th request, from the first that is this reader's. */
    private void turns(Reader reader, int first, long start, long[] nanos, long[] late, Map<String, Integer> errors) {
        for (int request = first; request < requests(); request += connections) {
            long due = start + request * 1_000_000_000L / perSecond;
            awaitTime(due);
            late[request] = System.nanoTime() - due;
            try {
                int status = reader.get(paths.get(request % paths.size()));
                if (status != 200) {
                    errors.merge(String.valueOf(status), 1, Integer::sum);
                }
            } catch (IOException e) {
                errors.merge(LOST + ": " + e.getMessage(), 1 + (requests() - request - 1) / connections, Integer::sum);
                return;
            }
            nanos[request] = System.nanoTime() - due;
        }
    }

    private static void awaitTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
