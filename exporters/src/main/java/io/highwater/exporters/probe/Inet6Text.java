// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** IPv6 addresses as RFC 5952 writes them, and so do people and DNS tools: the longest run of zeros is two colons. */
final class Inet6Text {

    private static final int GROUPS = 8;

    private Inet6Text() {}

    /** @param address of 16 bytes */
    static String of(byte[] address) {
        var numbers = ByteBuffer.wrap(address).asShortBuffer();
        var groups = IntStream.range(0, GROUPS)
                .map(i -> Short.toUnsignedInt(numbers.get(i)))
                .toArray();
        int start = 0;
        int length = 1; // one zero alone stands as it is
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(groups, i);
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        return length == 1
                ? text(groups, 0, GROUPS)
                : text(groups, 0, start) + "::" + text(groups, start + length, GROUPS);
    }

    private static int zerosFrom(int[] groups, int start) {
        int end = start;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - start;
    }

    private static String text(int[] groups, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Integer.toHexString(groups[i]))
                .collect(Collectors.joining(":"));
    }
}
