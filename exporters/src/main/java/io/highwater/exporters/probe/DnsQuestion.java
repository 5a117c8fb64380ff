// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What is asked.
 *
 * @param id that the answer is known by
 * @param name without its last dot
 */
record DnsQuestion(int id, String name, DnsType type) {

    static final int INTERNET = 1;

    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 253;
    private static final short RECURSION_DESIRED = 0x0100;

    DnsQuestion {
        name = name.replaceFirst("\\.$", "");
        var labels = List.of(name.split("\\.", -1));
        if (name.length() > LONGEST_NAME
                || !name.matches("[!-~]*")
                || (!name.isEmpty()
                        && labels.stream().anyMatch(label -> label.isEmpty() || label.length() > LONGEST_LABEL))) {
            throw new IllegalArgumentException("name: write a domain name such as shop.example");
        }
    }

    /** The message, without the length that goes before it over TCP. */
    byte[] message() {
        var message = ByteBuffer.allocate(18 + name.length());
        message.putShort((short) id).putShort(RECURSION_DESIRED);
        message.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 0);
        if (!name.isEmpty()) {
            for (var label : name.split("\\.", -1)) {
                message.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
            }
        }
        message.put((byte) 0).putShort((short) type.code()).putShort((short) INTERNET);
        return Arrays.copyOf(message.array(), message.position());
    }
}
