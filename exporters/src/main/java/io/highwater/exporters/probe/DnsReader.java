// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.StringJoiner;

/**
 * The fields of a DNS message, front to back. What breaks the form is a {@link BufferUnderflowException} or an {@link
 * IllegalArgumentException}.
 */
final class DnsReader {

    private static final int POINTER = 0xc0;
    private static final int LONGEST_NAME = 255;
    private static final int ADDRESS_4 = 4;
    private static final int ADDRESS_6 = 16;

    private final ByteBuffer message;

    DnsReader(ByteBuffer message) {
        this.message = message;
    }

    int number() {
        return Short.toUnsignedInt(message.getShort());
    }

    /** With its last dot. A pointer leads back to where a name was written before, and never on. */
    String name() {
        var name = new StringBuilder();
        int end = -1;
        int length = octet();
        while (length != 0) {
            if ((length & POINTER) == POINTER) {
                int here = message.position() - 1;
                int target = ((length & ~POINTER) << 8) | octet();
                check(target < here, "a name that leads in a circle");
                end = end < 0 ? message.position() : end;
                message.position(target);
            } else {
                check(length < 64, "a name that is none");
                name.append(characters(length, ".\\", '!')).append('.');
                check(name.length() <= 4 * LONGEST_NAME, "a name that is too long");
            }
            length = octet();
        }
        if (end >= 0) {
            message.position(end);
        }
        return name.isEmpty() ? "." : name.toString();
    }

    DnsRecord resource() throws UnknownHostException {
        var name = name();
        int code = number();
        number(); // its class
        int ttl = message.getInt();
        int length = number();
        check(length <= message.remaining(), "a record that is longer than the message");
        int end = message.position() + length;
        var type = DnsType.of(code);
        var data = type.isPresent() ? data(type.get(), length) : hex(length);
        check(message.position() <= end, "a record that is longer than it says");
        message.position(end);
        return new DnsRecord(name, ttl, type.map(DnsType::name).orElse("TYPE" + code), data);
    }

    private String data(DnsType type, int length) throws UnknownHostException {
        return switch (type) {
            case A -> InetAddress.getByAddress(address(length, ADDRESS_4)).getHostAddress();
            case AAAA -> Inet6Text.of(address(length, ADDRESS_6));
            case NS, CNAME, PTR -> name();
            case MX -> number() + " " + name();
            case SRV -> number() + " " + number() + " " + number() + " " + name();
            case SOA ->
                name() + " " + name() + " " + count() + " " + count() + " " + count() + " " + count() + " " + count();
            case TXT -> texts(message.position() + length);
        };
    }

    private byte[] address(int length, int wanted) {
        check(length == wanted, "an address of " + length + " bytes");
        return bytes(length);
    }

    private String texts(int end) {
        var texts = new StringJoiner(" ");
        while (message.position() < end) {
            texts.add("\"" + characters(octet(), "\"\\", ' ') + "\"");
        }
        return texts.toString();
    }

    /**
     * Characters as a zone file has them.
     *
     * @param escaped those that have a backslash before
     * @param first of those that stand as they are: in names a space does not
     */
    private String characters(int length, String escaped, char first) {
        var text = new StringBuilder();
        for (byte one : bytes(length)) {
            int octet = Byte.toUnsignedInt(one);
            if (octet < first || octet > '~') {
                text.append("\\%03d".formatted(octet));
            } else {
                text.append(escaped.indexOf(octet) < 0 ? "" : "\\").append((char) octet);
            }
        }
        return text.toString();
    }

    private String hex(int length) {
        return HexFormat.of().formatHex(bytes(length));
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        message.get(bytes);
        return bytes;
    }

    private int octet() {
        return Byte.toUnsignedInt(message.get());
    }

    private long count() {
        return Integer.toUnsignedLong(message.getInt());
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
