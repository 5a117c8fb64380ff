// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.util.List;
import java.util.Optional;

/** Settings of a DNS probe as the configuration has them when little is written; what is to differ is set. */
final class DnsWish {

    final String server;
    final String name;
    final DnsType type;
    DnsSettings.Transport transport = DnsSettings.Transport.UDP;
    List<String> rcodes = List.of("NOERROR");
    Optional<List<String>> data = Optional.empty();
    Optional<RecordRules> answer = Optional.empty();

    DnsWish(String server, String name, DnsType type) {
        this.server = server;
        this.name = name;
        this.type = type;
    }

    DnsSettings settings() {
        return new DnsSettings(server, name, type, transport, rcodes, data, answer, Optional.empty(), Optional.empty());
    }
}
