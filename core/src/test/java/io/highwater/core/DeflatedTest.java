// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DeflatedTest {

    @Property(tries = 300)
    void piecesInARowAreOneMemberWithTheirTexts(@ForAll("pieces") List<List<byte[]>> pieces) throws Exception {
        assertOneMember(pieces);
    }

    @Provide
    Arbitrary<List<List<byte[]>>> pieces() {
        var text = Arbitraries.strings().ascii().ofMaxLength(200).map(it -> it.getBytes(StandardCharsets.UTF_8));
        var noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        var repeated = Arbitraries.integers()
                .between(0, 20_000)
                .map(length -> "ab".repeat(length).getBytes(StandardCharsets.US_ASCII));
        return Arbitraries.oneOf(text, noise, repeated)
                .list()
                .ofMaxSize(4)
                .list()
                .ofMaxSize(6);
    }

    @Test
    void noPieceAtAllIsAnEmptyMember() throws Exception {
        assertOneMember(List.of());
    }

    /** Lengths around those at which the compressed bytes fill the compressor's buffer to the last byte. */
    @Test
    void outputThatJustFillsTheBufferIsWhole() throws Exception {
        var noise = noise(3 * 8192);
        for (int length = 8192 - 64; length <= 8192 + 8; length++) {
            assertOneMember(List.of(List.of(slice(noise, length)), List.of(slice(noise, 10))));
        }
        for (int length = 2 * 8192 - 64; length <= 2 * 8192 + 8; length++) {
            assertOneMember(List.of(List.of(slice(noise, length))));
        }
    }

    @Test
    void whatCannotBeCompressedIsWhole() throws Exception {
        assertOneMember(List.of(List.of(noise(5_000_000)), List.of(noise(1))));
    }

    @Test
    void megabytesOfLinesAreWholeAndSmall() throws Exception {
        var lines = new StringBuilder();
        for (int i = 0; lines.length() < 5_000_000; i++) {
            lines.append("jobs_waiting{cluster=\"jobs\",queue=\"q")
                    .append(i)
                    .append("\"} ")
                    .append(i * 7)
                    .append('\n');
        }
        var text = lines.toString().getBytes(StandardCharsets.UTF_8);
        var member = assertOneMember(List.of(List.of(text), List.of(text, text)));

        assertThat(member.length).isLessThan(3 * text.length / 4);
    }

    @Test
    void aPieceCanStandInManyMembers() throws Exception {
        var piece = Deflated.of(List.of("hello ".getBytes(StandardCharsets.UTF_8)));

        assertThat(unzipped(bytes(Deflated.member(List.of(piece, piece, piece)))))
                .isEqualTo("hello hello hello ");
        assertThat(unzipped(bytes(Deflated.member(List.of(piece))))).isEqualTo("hello ");
    }

    private static byte[] assertOneMember(List<List<byte[]>> pieces) throws IOException, DataFormatException {
        var member = bytes(Deflated.member(pieces.stream().map(Deflated::of).toList()));
        var text = bytes(pieces.stream().flatMap(List::stream).toList());

        assertThat(inflatedByHand(member)).isEqualTo(text);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(member))) {
            assertThat(in.readAllBytes()).isEqualTo(text);
        }
        return member;
    }

    /** What GZIPInputStream would forgive: that the first member is the last, and both of its check sums. */
    private static byte[] inflatedByHand(byte[] member) throws DataFormatException {
        try (var inflater = new Inflater(true)) {
            inflater.setInput(member, 10, member.length - 10);
            var out = new ByteArrayOutputStream();
            var buffer = new byte[8192];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                assertThat(count > 0 || inflater.finished()).as("goes on").isTrue();
                out.write(buffer, 0, count);
            }
            assertThat(inflater.getRemaining()).as("the trailer alone").isEqualTo(8);
            var crc = new CRC32();
            crc.update(out.toByteArray());
            assertThat(littleEndian(member, member.length - 8)).isEqualTo(crc.getValue());
            assertThat(littleEndian(member, member.length - 4)).isEqualTo(out.size());
            return out.toByteArray();
        }
    }

    private static long littleEndian(byte[] of, int at) {
        long value = 0;
        for (int i = 3; i >= 0; i--) {
            value = value << 8 | (of[at + i] & 0xff);
        }
        return value;
    }

    private static String unzipped(byte[] member) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(member))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] bytes(List<byte[]> parts) {
        var all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] noise(int length) {
        var noise = new byte[length];
        new Random(42).nextBytes(noise);
        return noise;
    }

    private static byte[] slice(byte[] of, int length) {
        return Arrays.copyOf(of, length);
    }
}
