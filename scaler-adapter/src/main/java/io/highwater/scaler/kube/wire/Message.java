// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** One message of protocol buffers, field by field. */
final class Message {

    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    Message text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Message number(int field, long number) {
        varint(((long) field << 3) | VARINT);
        varint(number);
        return this;
    }

    /** Bytes, or a message within this one. */
    Message bytes(int field, byte[] bytes) {
        varint(((long) field << 3) | LENGTH_DELIMITED);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** Seven bits at a time, the lowest first. */
    private void varint(long number) {
        long left = number;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write((int) left);
    }
}
