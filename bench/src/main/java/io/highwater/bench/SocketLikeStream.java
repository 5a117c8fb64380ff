// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench;

import java.io.OutputStream;

/** Copies what it gets and forgets it, as a kernel does: whoever writes a page into it has paid for every byte once. */
public final class SocketLikeStream extends OutputStream {

    private final byte[] buffer = new byte[32 * 1024];
    private long written;

    @Override
    public void write(int one) {
        buffer[(int) (written++ % buffer.length)] = (byte) one;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int done = 0; done < length; done += buffer.length) {
            System.arraycopy(bytes, offset + done, buffer, 0, Math.min(buffer.length, length - done));
        }
        written += length;
    }

    /** How many bytes went by so far. */
    public long written() {
        return written;
    }
}
