// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The look-ups that are under way, one at most of each host, for all who ask meanwhile. Each has a thread of its own, since
 * a resolver that waits for its server can neither be interrupted nor share one; while that server is down, no attempt adds
 * another that waits.
 */
final class PendingLookups {

    /** Finds the addresses of a host, in its own time. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private final Map<String, FutureTask<InetAddress[]>> pending = new ConcurrentHashMap<>();

    PendingLookups(Resolver resolver) {
        this.resolver = resolver;
    }

    InetAddress[] addresses(String host, Attempt attempt)
            throws ProbeFailure, InterruptedException, UnknownHostException {
        var left = attempt.left("the address of " + host);
        try {
            return pending.computeIfAbsent(host, this::begun).get(left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ProbeFailure(FailureReason.TIMEOUT, "the look-up of " + host + " did not end", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw NetworkFailures.of(host, new IOException(e.getCause()));
        }
    }

    private FutureTask<InetAddress[]> begun(String host) {
        var task = new FutureTask<>(() -> {
            try {
                return resolver.addresses(host);
            } finally {
                pending.remove(host); // waits until it is there
            }
        });
        Thread.ofPlatform().daemon().name("lookup-" + host).start(task);
        return task;
    }
}
