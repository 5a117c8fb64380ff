// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a server says.
 *
 * @param rcode how it went; 0 is well
 * @param truncated whether there is more than fits into UDP
 */
record DnsAnswer(
        int rcode, boolean truncated, List<DnsRecord> answer, List<DnsRecord> authority, List<DnsRecord> additional) {

    private static final List<String> RCODES = List.of(
            "NOERROR",
            "FORMERR",
            "SERVFAIL",
            "NXDOMAIN",
            "NOTIMP",
            "REFUSED",
            "YXDOMAIN",
            "YXRRSET",
            "NXRRSET",
            "NOTAUTH",
            "NOTZONE");

    private static final int HEADER_BYTES = 12;
    private static final int RESPONSE = 0x8000;
    private static final int TRUNCATED = 0x0200;
    private static final int RCODE = 0x000f;

    /** The name of an rcode, such as NXDOMAIN. */
    static String name(int rcode) {
        return rcode < RCODES.size() ? RCODES.get(rcode) : "RCODE" + rcode;
    }

    static boolean isRcode(String name) {
        return RCODES.contains(name);
    }

    /**
     * Reads a message; empty when it is none that answers this question, as one that somebody else sent.
     *
     * @throws ProbeFailure if it answers this question and breaks the form
     */
    static Optional<DnsAnswer> of(byte[] bytes, DnsQuestion question) throws ProbeFailure {
        try {
            var in = new DnsReader(ByteBuffer.wrap(bytes));
            if (bytes.length < HEADER_BYTES || in.number() != question.id()) {
                return Optional.empty();
            }
            int flags = in.number();
            int[] counts = {in.number(), in.number(), in.number(), in.number()};
            if ((flags & RESPONSE) == 0 || (counts[0] > 0 && !isOf(question, in))) {
                return Optional.empty();
            }
            boolean truncated = (flags & TRUNCATED) != 0;
            if (truncated) {
                return Optional.of(new DnsAnswer(flags & RCODE, true, List.of(), List.of(), List.of()));
            }
            return Optional.of(new DnsAnswer(
                    flags & RCODE, false, section(in, counts[1]), section(in, counts[2]), section(in, counts[3])));
        } catch (BufferUnderflowException | IllegalArgumentException | UnknownHostException e) {
            throw new ProbeFailure(FailureReason.PROTOCOL, "the answer breaks the form of DNS: " + e.getMessage(), e);
        }
    }

    private static boolean isOf(DnsQuestion question, DnsReader in) {
        var name = in.name().toLowerCase(Locale.ROOT);
        return name.equals(question.name().toLowerCase(Locale.ROOT) + ".")
                && in.number() == question.type().code()
                && in.number() == DnsQuestion.INTERNET;
    }

    private static List<DnsRecord> section(DnsReader in, int count) throws UnknownHostException {
        var records = new ArrayList<DnsRecord>();
        for (int i = 0; i < count; i++) {
            records.add(in.resource());
        }
        return List.copyOf(records);
    }
}
