// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static io.highwater.core.Family.compatible;
import static io.highwater.core.Family.gauge;

import io.highwater.core.Family;
import io.highwater.core.Family.Kind;
import java.util.List;

/** What is told of the way to a server. */
final class NetworkFamilies {

    static final Family LOOKUP = compatible(
                    "probe_dns_lookup_time_seconds", Kind.GAUGE, "How long the look-up of the host's address took.")
            .from("this machine's resolver, of which the JDK keeps an answer for 30 s");
    static final Family IP_PROTOCOL = compatible(
                    "probe_ip_protocol", Kind.GAUGE, "Whether the address is one of IPv4 or IPv6: 4 or 6.")
            .from("the first address of the host");
    static final Family PHASE = gauge("probe_tcp_duration_seconds", "How long each phase of a connection took.")
            .from("the agent's clock; resolve, connect, starttls, tls, talk")
            .by("phase");

    static final List<Family> ALL = List.of(LOOKUP, IP_PROTOCOL, PHASE);

    private NetworkFamilies() {}
}
