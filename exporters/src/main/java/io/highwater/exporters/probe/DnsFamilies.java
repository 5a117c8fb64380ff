// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static io.highwater.core.Family.compatible;
import static io.highwater.core.Family.gauge;

import io.highwater.core.Family;
import io.highwater.core.Family.Kind;
import java.util.List;

/** What is told of a DNS server's answer. */
final class DnsFamilies {

    static final Family DURATION = compatible(
                    "probe_dns_duration_seconds", Kind.GAUGE, "How long each phase of a query took.")
            .from("the agent's clock; resolve is the look-up of the server's own address")
            .by("phase");
    static final Family SUCCEEDED = compatible(
                    "probe_dns_query_succeeded", Kind.GAUGE, "Whether the server answered, whatever it said.")
            .from("outcome of the query");
    static final Family ANSWERS = rrs("answer");
    static final Family AUTHORITIES = rrs("authority");
    static final Family ADDITIONAL = rrs("additional");
    static final Family RCODE = gauge("probe_dns_rcode", "How it went: 0 well, 2 the server failed, 3 no such name.")
            .from("header of the answer");
    static final Family SERIAL = compatible("probe_dns_serial", Kind.GAUGE, "The serial number of the zone.")
            .from("SOA record of the answer");

    static final List<Family> ALL = List.of(
            NetworkFamilies.LOOKUP,
            NetworkFamilies.IP_PROTOCOL,
            DURATION,
            SUCCEEDED,
            ANSWERS,
            AUTHORITIES,
            ADDITIONAL,
            RCODE,
            SERIAL);

    private DnsFamilies() {}

    private static Family rrs(String section) {
        return compatible(
                        "probe_dns_" + section + "_rrs",
                        Kind.GAUGE,
                        "How many records are in the " + section + " section.")
                .from("header of the answer");
    }
}
