// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A question to a DNS server, and what the answer is to be. */
public record DnsSettings(
        @Doc("host:port, the port 53 when left out") String server,

        @Doc("the name that is asked for") String name,

        @Doc("the type of record that is asked for") @Default("A")
        DnsType type,

        @Doc("udp, which goes over to TCP when the answer does not fit; or tcp alone") @Default("udp")
        Transport transport,

        @Doc("how it may go: NOERROR, NXDOMAIN, SERVFAIL, REFUSED and so on") @Default("[NOERROR]")
        List<String> rcodes,

        @Doc("the data of the records of that type, all of them in any order; any when left out")
        Optional<List<String>> data,

        @Doc("rules about the answer section") Optional<RecordRules> answer,

        @Doc("rules about the authority section") Optional<RecordRules> authority,

        @Doc("rules about the additional section") Optional<RecordRules> additional)
        implements ProberSettings {

    /** What the question is sent by. */
    public enum Transport {
        UDP,
        TCP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int PORT = 53;

    public DnsSettings {
        HostPort.of(server, "server", PORT);
        rcodes = List.copyOf(rcodes);
        for (var rcode : rcodes) {
            if (!DnsAnswer.isRcode(rcode)) {
                throw new IllegalArgumentException("rcodes: there is no rcode " + rcode);
            }
        }
        new DnsQuestion(0, name, type); // refuses what is no name
    }

    HostPort address() {
        return HostPort.of(server, "server", PORT);
    }

    @Override
    public Prober open(Target target) {
        return new DnsProber(this);
    }
}
