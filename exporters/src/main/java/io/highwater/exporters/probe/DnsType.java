// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.util.Arrays;
import java.util.Optional;

/** The types of records that can be asked for, and whose data is read. */
enum DnsType {
    A(1),
    NS(2),
    CNAME(5),
    SOA(6),
    PTR(12),
    MX(15),
    TXT(16),
    AAAA(28),
    SRV(33);

    private final int code;

    DnsType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<DnsType> of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }
}
