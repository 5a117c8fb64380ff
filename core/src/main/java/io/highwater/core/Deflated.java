// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A piece of text, compressed so that pieces can be put in a row to one gzip member without compressing again: each
 * is deflate blocks that end on a byte and refer to nothing before them, and the check sums are combined.
 */
final class Deflated {

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    /** An empty last block. */
    private static final byte[] END = {3, 0};

    private final byte[] blocks;
    private final long crc;
    private final long length;

    private Deflated(byte[] blocks, long crc, long length) {
        this.blocks = blocks;
        this.crc = crc;
        this.length = length;
    }

    static Deflated of(List<byte[]> parts) {
        var crc = new CRC32();
        var out = new ByteArrayOutputStream(1024);
        var buffer = new byte[8192];
        long length = 0;
        try (var deflater = new Deflater(Deflater.BEST_SPEED, true)) {
            for (var part : parts) {
                crc.update(part);
                length += part.length;
                deflater.setInput(part);
                drain(deflater, buffer, out, Deflater.NO_FLUSH);
            }
            drain(deflater, buffer, out, Deflater.FULL_FLUSH);
        }
        return new Deflated(out.toByteArray(), crc.getValue(), length);
    }

    private static void drain(Deflater deflater, byte[] buffer, ByteArrayOutputStream out, int flush) {
        int count;
        do {
            count = deflater.deflate(buffer, 0, buffer.length, flush);
            out.write(buffer, 0, count);
        } while (count == buffer.length);
    }

    /** One gzip member with the text of all pieces. */
    static List<byte[]> member(List<Deflated> pieces) {
        var parts = new ArrayList<byte[]>(pieces.size() + 2);
        parts.add(HEADER);
        long crc = 0;
        long length = 0;
        for (var piece : pieces) {
            parts.add(piece.blocks);
            crc = Crc.combine(crc, piece.crc, piece.length);
            length += piece.length;
        }
        parts.add(trailer(crc, length));
        return parts;
    }

    private static byte[] trailer(long crc, long length) {
        var trailer = new byte[END.length + 8];
        System.arraycopy(END, 0, trailer, 0, END.length);
        for (int i = 0; i < 4; i++) {
            trailer[END.length + i] = (byte) (crc >>> (8 * i));
            trailer[END.length + 4 + i] = (byte) (length >>> (8 * i));
        }
        return trailer;
    }

    /** CRC-32 of two texts in a row from the CRC-32 of each: appending n zero bytes is a linear map over GF(2). */
    private static final class Crc {
        private static final long POLYNOMIAL = 0xEDB88320L;

        /** What 1, 2, 4, 8 … zero bytes do to a CRC. */
        private static final long[][] ZERO_BYTES = new long[Long.SIZE][];

        static {
            ZERO_BYTES[0] = square(square(square(oneZeroBit())));
            for (int i = 1; i < ZERO_BYTES.length; i++) {
                ZERO_BYTES[i] = square(ZERO_BYTES[i - 1]);
            }
        }

        static long combine(long first, long second, long secondLength) {
            long shifted = first;
            for (int i = 0; secondLength >>> i != 0; i++) {
                if (((secondLength >>> i) & 1) != 0) {
                    shifted = times(ZERO_BYTES[i], shifted);
                }
            }
            return shifted ^ second;
        }

        private static long[] oneZeroBit() {
            var matrix = new long[32];
            matrix[0] = POLYNOMIAL;
            for (int bit = 1; bit < 32; bit++) {
                matrix[bit] = 1L << (bit - 1);
            }
            return matrix;
        }

        private static long times(long[] matrix, long vector) {
            long sum = 0;
            for (int bit = 0; bit < 32; bit++) {
                if (((vector >>> bit) & 1) != 0) {
                    sum ^= matrix[bit];
                }
            }
            return sum;
        }

        private static long[] square(long[] matrix) {
            var squared = new long[32];
            for (int bit = 0; bit < 32; bit++) {
                squared[bit] = times(matrix, matrix[bit]);
            }
            return squared;
        }
    }
}
