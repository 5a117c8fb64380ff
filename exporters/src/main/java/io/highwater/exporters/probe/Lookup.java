// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Samples;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the address of a host, within a deadline. */
final class Lookup {

    private static final PendingLookups PENDING = new PendingLookups(InetAddress::getAllByName);

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
            var found = HostPort.isLiteral(host) ? InetAddress.getAllByName(host) : PENDING.addresses(host, attempt);
            return List.of(found);
        } catch (UnknownHostException e) {
            throw NetworkFailures.of(host, e);
        }
    }
}
