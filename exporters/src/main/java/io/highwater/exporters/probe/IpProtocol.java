// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which of a host's addresses is taken first. */
enum IpProtocol {
    /** As the system prefers. */
    ANY,
    IP4,
    IP6;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param fallback whether another one will do */
    Optional<InetAddress> choose(List<InetAddress> addresses, boolean fallback) {
        var preferred = addresses.stream().filter(this::fits).findFirst();
        return preferred.isPresent() || !fallback
                ? preferred
                : addresses.stream().findFirst();
    }

    private boolean fits(InetAddress address) {
        return switch (this) {
            case ANY -> true;
            case IP4 -> address instanceof Inet4Address;
            case IP6 -> address instanceof Inet6Address;
        };
    }
}
