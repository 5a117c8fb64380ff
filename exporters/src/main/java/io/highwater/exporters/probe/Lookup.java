// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Samples;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
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
        var address = address(target, attempt);
        out.add(NetworkFamilies.LOOKUP, (System.nanoTime() - started) / 1e9);
        out.add(NetworkFamilies.IP_PROTOCOL, address instanceof Inet4Address ? 4 : 6);
        return new InetSocketAddress(address, target.port());
    }

    private static InetAddress address(HostPort target, Attempt attempt) throws ProbeFailure, InterruptedException {
        try {
            return target.isLiteral() ? InetAddress.getByName(target.host()) : asked(target, attempt);
        } catch (UnknownHostException e) {
            throw NetworkFailures.of(target.host(), e);
        }
    }

    /** On a thread of its own, since a resolver that waits for its server can neither be interrupted nor share one. */
    private static InetAddress asked(HostPort target, Attempt attempt)
            throws ProbeFailure, InterruptedException, UnknownHostException {
        var task = new FutureTask<>(() -> InetAddress.getByName(target.host()));
        Thread.ofPlatform().daemon().name("lookup-" + target.host()).start(task);
        try {
            return task.get(attempt.left("the address of " + target.host()).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ProbeFailure(FailureReason.TIMEOUT, "the look-up of " + target.host() + " did not end", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw NetworkFailures.of(target.host(), new IOException(e.getCause()));
        }
    }
}
