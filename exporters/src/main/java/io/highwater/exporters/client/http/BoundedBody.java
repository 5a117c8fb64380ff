// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.ResponseBody;

/** A body, after decompression, of which no more than so many bytes are read: another one is an {@link IOException}. */
public final class BoundedBody extends FilterInputStream {

    private final long most;
    private long read;

    private BoundedBody(InputStream body, long most) {
        super(body);
        this.most = most;
    }

    public static InputStream of(ResponseBody body, long most) {
        return new BoundedBody(body.byteStream(), most);
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int some = super.read(into, offset, length);
        count(Math.max(0, some));
        return some;
    }

    /** Not a way around the count. */
    @Override
    public long skip(long bytes) {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int more) throws IOException {
        read += more;
        if (read > most) {
            throw new IOException("the answer has more than " + most + " bytes");
        }
    }
}
