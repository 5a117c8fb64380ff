// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Samples;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds the address of a host, within a deadline. */
final class Lookup {

    private Lookup() {}

    static InetSocketAddress of(HostPort target, Attempt attempt, Samples out)
            throws ProbeFailure, InterruptedException {
        long started = System.nanoTime();
        var address = addresses(target.host(), attempt).getFirst();
        out.add(NetworkFamilies.LOOKUP, (System.nanoTime() - started) / 1e9);
        out.add(NetworkFamilies.IP_PROTOCOL, address instanceof Inet4Address ? 4 : 6);
        return new InetSocketAddress(address, target.port());
    }

    /** All of them, the one that the system prefers first. */
    static List<InetAddress> addresses(String host, Attempt attempt) throws ProbeFailure, InterruptedException {
        try {
            var found = HostPort.isLiteral(host) ? InetAddress.getAllByName(host) : asked(host, attempt);
            return List.of(found);
        } catch (UnknownHostException e) {
            throw NetworkFailures.of(host, e);
        }
    }

    /** On a thread of its own, since a resolver that waits for its server can neither be interrupted nor share one. */
    private static InetAddress[] asked(String host, Attempt attempt)
            throws ProbeFailure, InterruptedException, UnknownHostException {
        var task = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread.ofPlatform().daemon().name("lookup-" + host).start(task);
        try {
            return task.get(attempt.left("the address of " + host).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ProbeFailure(FailureReason.TIMEOUT, "the look-up of " + host + " did not end", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw NetworkFailures.of(host, new IOException(e.getCause()));
        }
    }
}
