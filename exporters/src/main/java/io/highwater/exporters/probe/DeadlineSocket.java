// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A connection whose every read ends at the deadline of its attempt: who sends a byte at a time gets no longer. */
final class DeadlineSocket extends Socket {

    private volatile Attempt attempt;

    DeadlineSocket(Attempt attempt) {
        this.attempt = attempt;
    }

    /** From now on, this is the deadline. */
    void endWith(Attempt other) {
        attempt = other;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                limit();
                return super.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                limit();
                return super.read(into, offset, length);
            }
        };
    }

    private void limit() throws IOException {
        long millis = attempt.left().toMillis();
        if (millis < 1) {
            throw new SocketTimeoutException("no time left");
        }
        setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    }
}
